/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static ai.king.brain.playbook.Vectors.dot;
import static ai.king.brain.playbook.Vectors.shares;
import static ai.king.brain.playbook.Vectors.unit;

import ai.king.brain.Intent;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the examples say about a text: half the vote belongs to the nearest examples, half to the middle of each kind.
 * How sure a vote is, is learned from the examples: each is put to the vote of the others, and of those who won by
 * about the same margin a share was right. So the confidence means the same with every embedding model.
 */
final class Neighbours {

    private static final int VOTERS = 15;

    /** How much less a neighbour counts that is further away than the nearest: at 0.1 less similar, e^-0.8. */
    private static final double NEIGHBOUR_SHARPNESS = 8;

    /** The same for the middles of the kinds. */
    private static final double MIDDLE_SHARPNESS = 15;

    /** Below what 98 of 100 examples have as nearest neighbour, a text is about something else. */
    private static final int STRANGERS = 50;

    private final List<Example> examples;
    private final List<Kind> kinds;
    private final int[] kindOf;
    private final float[][] vectors;
    private final float[][] sums;
    private final Calibration calibration;
    private final double strange;

    /** A kind of utterance: what one file of examples is for. */
    private record Kind(Intent.Type type, Intent.Action action) {}

    /** The outcome of a vote. */
    record Verdict(Intent.Type type, Intent.Action action, double confidence) {}

    private record Vote(Kind winner, double margin, double nearest) {}

    Neighbours(List<Example> examples, List<float[]> embedded) {
        this.examples = examples;
        vectors = embedded.stream().map(Vectors::unit).toArray(float[][]::new);
        Map<Kind, Integer> numbers = new LinkedHashMap<>();
        kindOf = examples.stream()
                .mapToInt(example -> {
                    Kind kind = new Kind(example.type(), example.action());
                    numbers.putIfAbsent(kind, numbers.size());
                    return numbers.get(kind);
                })
                .toArray();
        kinds = List.copyOf(numbers.keySet());
        sums = new float[kinds.size()][vectors[0].length];
        for (int i = 0; i < vectors.length; i++) {
            sums[kindOf[i]] = Vectors.add(sums[kindOf[i]], vectors[i], 1);
        }
        List<Vote> trials = IntStream.range(0, vectors.length)
                .mapToObj(i -> vote(vectors[i], new Utterance(examples.get(i).text()), i))
                .toList();
        calibration = new Calibration(IntStream.range(0, trials.size())
                .mapToObj(i -> new Calibration.Trial(
                        trials.get(i).margin(),
                        trials.get(i).winner().action() == examples.get(i).action()))
                .toList());
        strange = trials.stream()
                .mapToDouble(Vote::nearest)
                .sorted()
                .skip(trials.size() / STRANGERS)
                .findFirst()
                .orElse(0);
    }

    /** The verdict about a text and its vector. */
    Verdict judge(float[] vector, Utterance utterance) {
        if (vector.length != vectors[0].length) {
            // Another model has answered in the middle: nothing can be said about its vectors.
            return new Verdict(Intent.Type.COMMAND, Intent.Action.UNKNOWN, 0);
        }
        Vote vote = vote(unit(vector), utterance, -1);
        double confidence = vote.nearest() < strange ? 0 : calibration.confidence(vote.margin());
        return new Verdict(vote.winner().type(), vote.winner().action(), confidence);
    }

    /** Whether this is the vector that the first example has: the same model answers as when these were made. */
    boolean know(float[] first) {
        return first.length == vectors[0].length && dot(vectors[0], unit(first)) > 0.999;
    }

    private Vote vote(float[] vector, Utterance utterance, int without) {
        double[] near = new double[vectors.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = i == without ? -1 : dot(vector, vectors[i]);
        }
        int[] nearest = IntStream.range(0, near.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -near[i]))
                .limit(VOTERS)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] votes = shares(middles(vector, without), MIDDLE_SHARPNESS);
        double[] weights =
                shares(IntStream.of(nearest).mapToDouble(i -> near[i]).toArray(), NEIGHBOUR_SHARPNESS);
        for (int i = 0; i < nearest.length; i++) {
            votes[kindOf[nearest[i]]] += weights[i];
        }
        return count(votes, utterance, near[nearest[0]]);
    }

    private double[] middles(float[] vector, int without) {
        double[] near = new double[kinds.size()];
        for (int kind = 0; kind < near.length; kind++) {
            float[] sum = without >= 0 && kindOf[without] == kind
                    ? Vectors.add(sums[kind], vectors[without], -1)
                    : sums[kind];
            near[kind] = dot(vector, unit(sum));
        }
        return near;
    }

    private Vote count(double[] votes, Utterance utterance, double nearest) {
        Map<Intent.Action, Double> actions = new EnumMap<>(Intent.Action.class);
        for (int kind = 0; kind < votes.length; kind++) {
            actions.merge(kinds.get(kind).action(), votes[kind] / 2, Double::sum);
        }
        if (Destructive.is(best(actions))) {
            if (utterance.asks()) {
                // Who asks whether to close wants to know how things stand.
                actions.remove(best(actions));
            } else if (utterance.denies() || !utterance.ends()) {
                return new Vote(new Kind(Intent.Type.COMMAND, Intent.Action.UNKNOWN), 0, nearest);
            }
        }
        Intent.Action winner = best(actions);
        double won = actions.getOrDefault(winner, 0.0);
        actions.remove(winner);
        double second =
                actions.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Kind kind = IntStream.range(0, votes.length)
                .filter(i -> kinds.get(i).action() == winner)
                .boxed()
                .max(Comparator.comparingDouble(i -> votes[i]))
                .map(kinds::get)
                .orElseThrow();
        return new Vote(kind, won - second, nearest);
    }

    private static Intent.Action best(Map<Intent.Action, Double> votes) {
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
