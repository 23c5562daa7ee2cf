/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a model answer a question from passages and with tools that look; its answer is shown only when it rests on them. */
final class Reasoning {

    private static final List<String> TOOLS =
            List.of("documents.search", "documents.read", "serpapi.search", "web.read");
    private static final double TEMPERATURE = 0.1;
    private static final String INSTRUCTIONS =
            """
            You answer a question for the owner of a small business: from the numbered sources in the data, and where they do not say enough, with the \
            tools. At most eight short lines, no heading. Every line ends with what it rests on in brackets: the number of a source as [1], the name of \
            a document as [terms.md], or the address of a page. Use no number that no source has, and no knowledge of your own.""";
    /** Told in any case: the answer is read by it. */
    private static final String NOTHING = " When nothing answers the question, write exactly: " + Answer.NOTHING;

    /**
     * What came of it.
     *
     * @param text the answer; empty when none is shown
     * @param ended why the model came to no answer, where it did not
     */
    record Concluded(Report.Section section, Optional<String> text, Optional<Inquired.Ended> ended) {}

    private final String instructions;

    /** @param words what the model is told; blank for the built-in words */
    Reasoning(String words) {
        instructions = (words.isBlank() ? INSTRUCTIONS : words.strip()) + NOTHING;
    }

    Concluded on(String question, List<Passage> passages, AgentContext context) {
        return on(question, passages, TOOLS, context);
    }

    /** From the passages alone. */
    Concluded summary(String question, List<Passage> passages, AgentContext context) {
        return on(question, passages, List.of(), context);
    }

    private Concluded on(String question, List<Passage> passages, List<String> tools, AgentContext context) {
        List<Inquiry.Material> materials = new ArrayList<>();
        for (int i = passages.size(); i > 0; i--) {
            Passage passage = passages.get(i - 1);
            materials.add(
                    new Inquiry.Material("[" + i + "] " + passage.document().name(), passage.text()));
        }
        Inquired inquired =
                context.inquire(new Inquiry(instructions, question, List.copyOf(materials), tools, TEMPERATURE));
        Source cost = cost(inquired.effort());
        List<Report.Block> blocks = new ArrayList<>();
        Optional<String> text = Optional.empty();
        Optional<Inquired.Ended> ended = Optional.empty();
        if (inquired instanceof Inquired.Answered answered) {
            Answer answer = new Answer(question, passages, answered);
            Optional<String> fault = answer.fault();
            if (fault.isPresent()) {
                blocks.add(new Report.Text(
                        "The model's answer is not shown: " + fault.get() + ". The quotes stand as they are.",
                        List.of(cost)));
            } else {
                blocks.addAll(answer.blocks());
                text = answer.nothing()
                        ? Optional.empty()
                        : Optional.of(answered.text().strip());
            }
            missing(answered).ifPresent(blocks::add);
        } else {
            ended = Optional.of((Inquired.Ended) inquired);
            blocks.add(
                    new Report.Text("The model gave no answer: " + ended.get().reason() + ".", List.of(cost)));
        }
        inquired.effort()
                .leftOut()
                .forEach(line -> blocks.add(new Report.Text("Not read whole: " + line + ".", List.of(cost))));
        blocks.add(new Report.Text("What it took", List.of(cost)));
        return new Concluded(new Report.Section("Answer", List.copyOf(blocks)), text, ended);
    }

    private static Source cost(Inquired.Effort effort) {
        String model = effort.model().isEmpty() ? "no model" : effort.model();
        return new Source.Formula("by " + model + " in " + effort.turns() + " turns: " + effort.promptTokens()
                + " tokens read, " + effort.completionTokens() + " written (texts measured by " + effort.tokenizer()
                + ")");
    }

    /** What the model wanted to look at and could not. */
    private static Optional<Report.Block> missing(Inquired.Answered answered) {
        Set<String> missing = new LinkedHashSet<>();
        for (Inquired.Looked looked : answered.looked()) {
            if (looked.result() instanceof ToolResult.Missing none) {
                none.missing().forEach(what -> missing.add(looked.tool() + " misses " + what));
            } else if (looked.result() instanceof ToolResult.Failed failed) {
                missing.add(looked.tool() + " failed: " + failed.reason());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Advice(
                        "Not everything could be looked at",
                        String.join("; ", missing),
                        List.of(new Source.Formula("what the tools answered"))));
    }
}
