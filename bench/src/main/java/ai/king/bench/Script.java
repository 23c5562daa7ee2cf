/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.lib.window.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step with a model that is not there: it looks twice with a tool and answers. The same words, sources and answers for
 * whoever runs it.
 */
record Script(String instructions, String question, Map<String, String> sources) {

    static final String TOOL = "documents-search";
    static final String DESCRIPTION = "Finds the passages of the business's documents that are nearest to a question.";
    static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\"}},\"required\":[\"query\"]}";
    static final String FOUND =
            "Late delivery: two percent of the price of the order for each day, at most ten percent.";
    static final String ANSWER = "Late delivery costs the supplier two percent of the price a day [1].";

    private static final List<String> QUERIES = List.of("late delivery", "penalty for each day");
    private static final Tokens.Counter COUNTER = new Tokens().of("gpt-4o");

    /** With the documents of the sample as sources. */
    static Script of(Path home) throws IOException {
        Map<String, String> sources = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(home.resolve("config/examples/pet-supplies/documents"))) {
            for (Path file : files.toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return new Script(
                "You answer a question for the owner of a small business: from the sources in the data, and where they do"
                        + " not say enough, with the tools. At most eight short lines; every line ends with the source it rests on.",
                "What does late delivery cost our suppliers, and which of them agreed to that?",
                sources);
    }

    /** What the model does when it has looked so often: the arguments of its next call, or null when it answers. */
    static @org.jspecify.annotations.Nullable String next(int looked) {
        return looked < QUERIES.size() ? "{\"query\":\"" + QUERIES.get(looked) + "\"}" : null;
    }

    /** The tokens of a prompt, by the one tokenizer that all are counted with. */
    static long tokens(Prompt prompt) {
        long tokens = 0;
        for (Message message : prompt.messages()) {
            tokens += COUNTER.count(message.text());
            for (Message.FunctionCall call : message.toolCalls()) {
                tokens += COUNTER.count(call.name() + call.arguments());
            }
        }
        for (Prompt.Function function : prompt.functions()) {
            tokens += COUNTER.count(function.name() + function.description() + function.schema());
        }
        return tokens;
    }

    /** What somebody writes who needs just this: a loop over messages, without a check, a gate or a record. */
    long[] byHand() {
        List<Message> messages = new ArrayList<>();
        StringBuilder user = new StringBuilder();
        sources.forEach((name, text) ->
                user.append("Source ").append(name).append(":\n").append(text).append("\n\n"));
        messages.add(Message.of(Message.Role.SYSTEM, instructions));
        messages.add(Message.of(Message.Role.USER, user.append(question).toString()));
        Prompt.Function function = new Prompt.Function(TOOL, DESCRIPTION, SCHEMA);
        long calls = 0;
        long tokens = 0;
        for (int looked = 0; ; looked++) {
            calls++;
            tokens += tokens(new Prompt(
                    java.util.Optional.empty(), messages, List.of(function), 0, java.util.OptionalInt.empty()));
            String arguments = next(looked);
            if (arguments == null) {
                return new long[] {calls, tokens};
            }
            String id = "call-" + looked;
            messages.add(new Message(
                    Message.Role.ASSISTANT,
                    "",
                    List.of(new Message.FunctionCall(id, TOOL, arguments)),
                    java.util.Optional.empty()));
            messages.add(new Message(
                    Message.Role.TOOL, "{\"passage\":\"" + FOUND + "\"}", List.of(), java.util.Optional.of(id)));
        }
    }
}
