/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders passages by how well they answer a question: by meaning where the platform embeds, by shared words (Okapi BM25)
 * everywhere. Both orders are joined by reciprocal rank, so that neither needs a scale of the other.
 */
final class Ranking {

    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final int RANK_SMOOTHING = 60;
    private static final double LEAST_SIMILARITY = 0.30;
    private static final Set<String> STOP = Set.of(
            ("a an the and or of to in on for with from by at as is are was were be been it its this that these those what which who how why"
                            + " we our us i you your they their not no do does did has have had will would can could should may must than then so"
                            + " if into about over under more most need next each own say where")
                    .split(" "));

    private final List<Passage> passages;
    private final List<List<String>> words = new ArrayList<>();
    private final Map<String, Integer> documentFrequency = new HashMap<>();
    private final double meanLength;
    private final AgentContext context;
    private final Optional<List<float[]>> vectors;

    private Ranking(List<Passage> passages, AgentContext context) {
        this.passages = passages;
        this.context = context;
        passages.forEach(passage -> words.add(words(passage.text())));
        words.forEach(list -> new HashSet<>(list).forEach(word -> documentFrequency.merge(word, 1, Integer::sum)));
        meanLength = words.stream().mapToInt(List::size).average().orElse(1);
        vectors = context.embed(passages.stream().map(Passage::text).toList());
    }

    static Ranking of(List<Passage> passages, AgentContext context) {
        return new Ranking(passages, context);
    }

    /** The passages that answer best, best first; none when nothing is near. */
    List<Passage> best(String question, int most) {
        Map<Passage, Double> joined = new LinkedHashMap<>();
        add(joined, byWords(question));
        byMeaning(question).ifPresent(order -> add(joined, order));
        return joined.entrySet().stream()
                .sorted(Map.Entry.<Passage, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void add(Map<Passage, Double> joined, List<Passage> order) {
        for (int rank = 0; rank < order.size(); rank++) {
            joined.merge(order.get(rank), 1.0 / (RANK_SMOOTHING + rank), Double::sum);
        }
    }

    private record Scored(Passage passage, double score) {}

    private List<Passage> byWords(String question) {
        Set<String> asked = new HashSet<>(words(question));
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            double score = 0;
            List<String> own = words.get(i);
            for (String word : asked) {
                long count = own.stream().filter(word::equals).count();
                int frequency = documentFrequency.getOrDefault(word, 0);
                double rarity = Math.log(1 + (passages.size() - frequency + 0.5) / (frequency + 0.5));
                score += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * own.size() / meanLength));
            }
            scored.add(new Scored(passages.get(i), score));
        }
        return order(scored, 0);
    }

    private Optional<List<Passage>> byMeaning(String question) {
        if (vectors.isEmpty()) {
            return Optional.empty();
        }
        return context.embed(List.of(question)).map(answer -> {
            List<Scored> scored = new ArrayList<>();
            for (int i = 0; i < passages.size(); i++) {
                scored.add(new Scored(
                        passages.get(i), cosine(answer.get(0), vectors.get().get(i))));
            }
            return order(scored, LEAST_SIMILARITY);
        });
    }

    private static List<Passage> order(List<Scored> scored, double above) {
        return scored.stream()
                .filter(one -> one.score() > above)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(Scored::passage)
                .toList();
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }
        return dot / Math.sqrt(left * right + 1e-12);
    }

    /** Whether a word, in lower case, says nothing by itself. */
    static boolean stops(String word) {
        return STOP.contains(word);
    }

    /** Lower case, without plural and stop words. */
    static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}%]+"))
                .filter(word -> word.length() > 1 && !STOP.contains(word))
                .map(word -> word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .toList();
    }
}
