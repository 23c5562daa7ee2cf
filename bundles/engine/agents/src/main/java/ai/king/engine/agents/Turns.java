/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Inquired;
import ai.king.agent.Inquired.Effort;
import ai.king.agent.Inquired.Looked;
import ai.king.agent.Inquiry;
import ai.king.inference.Message;
import ai.king.inference.Message.FunctionCall;
import ai.king.inference.Message.Role;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Shortening;
import ai.king.store.Json;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The turns of one inquiry: the model speaks, what it wants called is checked and called, and what it gets back is told, until
 * it answers. What it does wrong is told twice and ends the inquiry the third time; so does the last turn.
 */
final class Turns {

    static final int MOST = 8;

    private static final int TOLD = 2;
    private static final int MOST_CALLS = 8;
    private static final int LONGEST_ANSWER = 4_000;
    private static final int LAST_TURN_LEFT = MOST - 1;

    /** Asks the model; the same turn with the same prompt gets the same reply. */
    interface Model {
        Reply ask(Prompt prompt, int turn);
    }

    /** Calls a tool. */
    interface Hands {
        ToolResult call(String tool, Map<String, Object> arguments);
    }

    /** How a model goes astray. */
    private enum Astray {
        UNKNOWN_TOOL("called tools that are not there"),
        ARGUMENTS("gave arguments that do not fit the tool"),
        REPEATED("made the same call again and again"),
        TOO_MANY("wanted too many calls at once"),
        EMPTY("answered nothing"),
        CUT("did not come to an end"),
        LANGUAGE("answered in another language than it was asked in");

        private final String words;

        Astray(String words) {
            this.words = words;
        }
    }

    private final Opening opening;
    private final Inquiry inquiry;
    private final Fitting fitting;
    private final Schemas schemas;
    private final Model model;
    private final Hands hands;
    private final Conversation conversation;
    private final List<Message> said = new ArrayList<>();
    private final List<Looked> looked = new ArrayList<>();
    private final Set<String> made = new HashSet<>();
    private final Map<Astray, Integer> told = new HashMap<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private Effort effort;

    Turns(
            Opening opening,
            Inquiry inquiry,
            Fitting fitting,
            Schemas schemas,
            Model model,
            Hands hands,
            Shortening shortening) {
        this.opening = opening;
        this.inquiry = inquiry;
        this.fitting = fitting;
        this.schemas = schemas;
        this.model = model;
        this.hands = hands;
        this.conversation = new Conversation(fitting, shortening);
        leftOut.addAll(opening.leftOut());
        effort = new Effort("", 0, 0, 0, opening.tokenizer(), opening.leftOut());
    }

    Inquired run() {
        for (int turn = 1; turn <= MOST; turn++) {
            Reply reply = model.ask(prompt(), turn);
            if (!(reply instanceof Reply.Answer answer)) {
                Reply.Unavailable no = (Reply.Unavailable) reply;
                return new Inquired.Ended(no.reason(), no.retriable(), effort);
            }
            count(answer, turn);
            Optional<Inquired> end = answer.calls().isEmpty() ? text(answer) : calls(answer, turn);
            if (end.isPresent()) {
                return end.get();
            }
            if (turn == LAST_TURN_LEFT) {
                said.add(Message.of(Role.USER, "This is your last turn: answer now, with what you have."));
            }
        }
        return ended("the model came to no answer in " + MOST + " turns");
    }

    private Inquired ended(String reason) {
        return new Inquired.Ended(reason, false, effort);
    }

    private void count(Reply.Answer answer, int turn) {
        effort = new Effort(
                answer.model(),
                turn,
                effort.promptTokens() + answer.usage().promptTokens(),
                effort.completionTokens() + answer.usage().completionTokens(),
                opening.tokenizer(),
                List.copyOf(leftOut));
    }

    private Prompt prompt() {
        List<Message> messages = new ArrayList<>(opening.messages());
        messages.addAll(conversation.fit(opening, said, leftOut));
        int room = opening.window().tokens() - fitting.budget();
        return new Prompt(
                Optional.empty(),
                messages,
                opening.functions(),
                inquiry.temperature(),
                OptionalInt.of(Math.max(1, Math.min(LONGEST_ANSWER, room))));
    }

    private Optional<Inquired> text(Reply.Answer answer) {
        if (answer.finish().equals("content_filter")) {
            return Optional.of(ended("the model refused to answer"));
        }
        if (answer.text().isBlank()) {
            return again(answer, Astray.EMPTY, "You answered nothing. Answer the question, or say what is missing.");
        }
        if (answer.finish().equals("length")) {
            return again(answer, Astray.CUT, "Your answer was cut off. Answer again, in far fewer words.");
        }
        if (Tongue.differ(inquiry.question(), answer.text())) {
            String language = Tongue.of(inquiry.question()).orElse("the language of the question");
            return again(answer, Astray.LANGUAGE, "Answer again in " + language + ".");
        }
        return Optional.of(new Inquired.Answered(answer.text(), List.copyOf(looked), effort));
    }

    /** Tells the model what was wrong with its words; ends when it was told before. */
    private Optional<Inquired> again(Reply.Answer answer, Astray how, String words) {
        if (told(how)) {
            return Optional.of(ended("the model " + how.words));
        }
        if (!answer.text().isBlank()) {
            said.add(Message.of(Role.ASSISTANT, answer.text()));
        }
        said.add(Message.of(Role.USER, words));
        return Optional.empty();
    }

    /** Counts it; whether it was told often enough. */
    private boolean told(Astray how) {
        return told.merge(how, 1, Integer::sum) > TOLD;
    }

    private Optional<Inquired> calls(Reply.Answer answer, int turn) {
        List<FunctionCall> wanted = new ArrayList<>();
        for (FunctionCall call : answer.calls()) {
            String id = call.id().isBlank() ? "call-" + turn + "-" + wanted.size() : call.id();
            wanted.add(new FunctionCall(id, call.name(), call.arguments()));
        }
        said.add(new Message(Role.ASSISTANT, answer.text(), List.copyOf(wanted), Optional.empty()));
        int done = 0;
        for (FunctionCall call : wanted) {
            Optional<String> fault = done++ < MOST_CALLS
                    ? answered(call)
                    : astray(call, Astray.TOO_MANY, "at most " + MOST_CALLS + " calls in one turn");
            if (fault.isPresent()) {
                return Optional.of(ended(fault.get()));
            }
        }
        return Optional.empty();
    }

    /** Calls the tool when the call can be made; a reason to end the inquiry otherwise, if it was told before. */
    private Optional<String> answered(FunctionCall call) {
        Optional<Prompt.Function> function = opening.functions().stream()
                .filter(each -> each.name().equals(Opening.called(call.name())))
                .findFirst();
        if (function.isEmpty()) {
            String there = String.join(
                    ", ",
                    opening.functions().stream().map(Prompt.Function::name).toList());
            return astray(
                    call,
                    Astray.UNKNOWN_TOOL,
                    there.isEmpty() ? "there are no tools: answer" : "there is no such tool; there are: " + there);
        }
        Map<String, Object> arguments;
        try {
            arguments = call.arguments().isBlank() ? Map.of() : Json.readMap(call.arguments());
        } catch (IllegalArgumentException e) {
            return astray(call, Astray.ARGUMENTS, "the arguments are no JSON object: " + e.getMessage());
        }
        List<String> wrong = schemas.violations(function.get().schema(), arguments);
        if (!wrong.isEmpty()) {
            return astray(call, Astray.ARGUMENTS, "the arguments do not fit: " + String.join("; ", wrong));
        }
        if (!made.add(Json.digest(List.of(function.get().name(), arguments)))) {
            return astray(call, Astray.REPEATED, "you made this call before; its answer stands above");
        }
        String tool = inquiry.tools().stream()
                .filter(each -> Opening.called(each).equals(function.get().name()))
                .findFirst()
                .orElse(call.name());
        ToolResult result = hands.call(tool, arguments);
        looked.add(new Looked(tool, arguments, result));
        tell(call, told(result));
        return Optional.empty();
    }

    private Optional<String> astray(FunctionCall call, Astray how, String words) {
        if (told(how)) {
            return Optional.of("the model " + how.words + " (" + call.name() + ": " + words + ")");
        }
        tell(call, Map.of("error", words));
        return Optional.empty();
    }

    private static Map<String, Object> told(ToolResult result) {
        if (result instanceof ToolResult.Ok ok) {
            return Map.of("data", Forms.plain(ok.data()));
        }
        if (result instanceof ToolResult.Missing missing) {
            return Map.of("error", "it cannot be done without: " + String.join(", ", missing.missing()));
        }
        return Map.of(
                "error",
                result instanceof ToolResult.Failed failed ? failed.reason() : "it cannot be told what happened");
    }

    private void tell(FunctionCall call, Map<String, Object> what) {
        said.add(new Message(Role.TOOL, Json.write(what), List.of(), Optional.of(call.id())));
    }
}
