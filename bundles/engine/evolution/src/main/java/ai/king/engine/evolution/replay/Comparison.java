/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.replay.Pair.Kind;
import ai.king.evolution.Finding.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Old and new side by side: a summary, then a row a step. */
record Comparison(String agent, List<Pair> pairs, Variation variation, Readback readback, int left) {

    Answer answer() {
        Map<Kind, Long> counts = pairs.stream()
                .collect(Collectors.groupingBy(Pair::kind, () -> new EnumMap<>(Kind.class), Collectors.counting()));
        List<String> lines = new ArrayList<>();
        lines.add(agent + ", " + pairs.size() + " recorded steps once more, with nothing happening: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", "))
                + (left > 0 ? "; no time was left for " + left + " more" : ""));
        lines.add("time at the median " + millis(median(Pair::old)) + " -> " + millis(median(Pair::fresh)) + ", calls "
                + sum(Pair::old, Take::calls) + " -> " + sum(Pair::fresh, Take::calls) + ", tokens "
                + sum(Pair::old, Take::tokens) + " -> " + sum(Pair::fresh, Take::tokens) + ", cost " + cost(Pair::old)
                + " -> " + cost(Pair::fresh));
        if (counts.containsKey(Kind.DIFFERENT) || !variation.same()) {
            lines.add("whether another answer is the better one is for a person to say: look at the rows");
        }
        if (counts.containsKey(Kind.NOT_RECORDED)) {
            lines.add("it asks for what the running version does not ask for: whether it may is for a person to say");
        }
        if (muted()) {
            lines.add("it says nothing any more to those who follow it, where the running version does: whether it may"
                    + " is for a person to say");
        }
        remembers(lines);
        lines.addAll(readback.lines());
        lines.addAll(variation.lines());
        lines.add("step | running | new | time | calls");
        pairs.forEach(pair -> lines.add(row(pair)));
        return new Answer(verdict(counts), String.join("\n", lines));
    }

    /** Another answer may be the better one, which nobody but a person can say; a failure that was none is never better. */
    private Verdict verdict(Map<Kind, Long> counts) {
        if (counts.containsKey(Kind.FAILS) || readback.broken()) {
            return Verdict.FAIL;
        }
        if (counts.containsKey(Kind.DIFFERENT)
                || counts.containsKey(Kind.NOT_RECORDED)
                || !variation.same()
                || muted()) {
            return Verdict.NOT_ASSESSED;
        }
        long compared = pairs.size() - counts.getOrDefault(Kind.NO_COMPARISON, 0L);
        return compared > 0 ? Verdict.PASS : Verdict.NOT_ASSESSED;
    }

    private boolean muted() {
        return sum(Pair::old, Take::notes) > 0 && sum(Pair::fresh, Take::notes) == 0;
    }

    private static String row(Pair pair) {
        String step =
                pair.recording().step().action() + " " + pair.recording().step().id();
        return plain(step) + " | " + pair.before() + " | " + plain(pair.told()) + " | "
                + millis(pair.old().micros()) + " -> " + millis(pair.fresh().micros()) + " | "
                + pair.old().calls() + " -> " + pair.fresh().calls();
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "/").strip();
    }

    /** What the one remembers and the other looks for by attributes that it never writes would be lost. */
    private void remembers(List<String> lines) {
        SortedSet<String> was = attributes(Pair::old);
        SortedSet<String> becomes = attributes(Pair::fresh);
        if (!was.equals(becomes)) {
            lines.add("what it remembers carries the attributes " + becomes + ", the running version's " + was);
        }
    }

    private SortedSet<String> attributes(Function<Pair, Take> side) {
        return pairs.stream()
                .flatMap(pair -> side.apply(pair).attributes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long sum(Function<Pair, Take> side, ToLongFunction<Take> figure) {
        return pairs.stream().map(side).mapToLong(figure).sum();
    }

    private long median(Function<Pair, Take> side) {
        List<Long> sorted =
                pairs.stream().map(pair -> side.apply(pair).micros()).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private String cost(Function<Pair, Take> side) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        pairs.forEach(pair ->
                side.apply(pair).cost().forEach((currency, amount) -> sums.merge(currency, amount, BigDecimal::add)));
        return sums.isEmpty()
                ? "none"
                : sums.entrySet().stream()
                        .map(sum -> sum.getValue().toPlainString() + " " + sum.getKey())
                        .collect(Collectors.joining(" + "));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }
}
