/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A step in which a model looks twice and answers: what the turns cost beside another library's, and what they ask the model. */
final class ReactMeasure implements Measure {

    private static final int WARM = 400;
    private static final int PIECE = 25;
    private static final int PIECES = 12;
    private static final double TOKENS = 1.10;

    @Override
    public String name() {
        return "react";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException {
        Script script = Script.of(setting.home());
        GraphStep graph = new GraphStep(script);
        Series ours = new Series();
        Series theirs = new Series();
        try (InquiryStep inquiry = new InquiryStep(script)) {
            times(inquiry::run, new Times(), WARM);
            times(graph::run, new Times(), WARM);
            for (int round = 0; round < setting.rounds(); round++) {
                Times mine = ours.round();
                Times other = theirs.round();
                for (int piece = 0; piece < PIECES; piece++) {
                    times(inquiry::run, mine, PIECE);
                    times(graph::run, other, PIECE);
                }
                setting.note("round " + round + " ours " + mine + " langgraph4j " + other);
            }
            List<Line> lines = new ArrayList<>();
            double ratio = ours.ratio(theirs, Times::median);
            lines.add(new Line(
                    "step with a model that looks twice, not stored",
                    ours.text(),
                    theirs.text() + " LangGraph4j",
                    Series.times(ratio),
                    "1.00x",
                    ratio <= 1,
                    "processor time: the schema, digests of prompts, JSON of what is recorded"));
            long[] step = inquiry.counted();
            long[] stepByHand = script.byHand();
            lines.addAll(asked("step", "one a turn", step, stepByHand, setting));
            GoalThoughts thoughts = new GoalThoughts(script.question());
            lines.addAll(asked(
                    "goal",
                    "one for the intent, one for the plan, one a turn",
                    sum(thoughts.ours(), step),
                    sum(thoughts.byHand(), stepByHand),
                    setting));
            return lines;
        }
    }

    private static long[] sum(long[] one, long[] other) {
        return new long[] {one[0] + other[0], one[1] + other[1]};
    }

    private static List<Line> asked(String what, String calling, long[] ours, long[] byHand, Setting setting) {
        double calls = (double) ours[0] / byHand[0];
        double tokens = (double) ours[1] / byHand[1];
        setting.note(what + ": calls " + ours[0] + " by hand " + byHand[0] + ", prompt tokens " + ours[1] + " by hand "
                + byHand[1]);
        return List.of(
                new Line(
                        "calls of the model in that " + what,
                        String.valueOf(ours[0]),
                        byHand[0] + " by hand",
                        Series.times(calls),
                        String.format(Locale.ROOT, "%.2fx", TOKENS),
                        calls <= TOKENS,
                        calling),
                new Line(
                        "tokens of the prompts of that " + what,
                        String.valueOf(ours[1]),
                        byHand[1] + " by hand",
                        Series.times(tokens),
                        String.format(Locale.ROOT, "%.2fx", TOKENS),
                        tokens <= TOKENS,
                        "the platform's rules and the marks around each text, in every turn"));
    }

    private static void times(Supplier<String> step, Times times, int count) {
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            String answer = step.get();
            times.add(System.nanoTime() - start);
            if (!answer.equals(Script.ANSWER)) {
                throw new IllegalStateException("another answer: " + answer);
            }
        }
    }
}
