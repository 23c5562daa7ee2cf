/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.business.StoredDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Paragraphs of documents and how near they are to a question: by meaning when something embeds, else by shared words. */
final class Passages {

    /** The tools whose answers are text that others wrote. */
    static final Set<String> TOOLS = Set.of("documents.search", "documents.read");

    private static final int MOST = 400;
    private static final int LONGEST = 1500;

    private Passages() {}

    record Passage(StoredDocument document, String text) {}

    record Hit(Passage passage, double score) {}

    static List<Passage> of(List<StoredDocument> documents) {
        List<Passage> passages = new ArrayList<>();
        for (StoredDocument document : documents) {
            if (document.text() == null) {
                continue;
            }
            for (String paragraph : document.text().split("\\R\\s*\\R")) {
                String text = paragraph.strip();
                if (!text.isEmpty() && passages.size() < MOST) {
                    passages.add(new Passage(document, text.length() <= LONGEST ? text : text.substring(0, LONGEST)));
                }
            }
        }
        return passages;
    }

    /** The nearest passages, best first; what has nothing in common with the question is left out. */
    static List<Hit> nearest(
            String question, List<Passage> passages, int limit, Function<List<String>, Optional<List<float[]>>> embed) {
        if (passages.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(List.of(question));
        passages.forEach(passage -> texts.add(passage.text()));
        Optional<List<float[]>> vectors = embed.apply(texts).filter(all -> all.size() == texts.size());
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            double score = vectors.isPresent()
                    ? cosine(vectors.get().get(0), vectors.get().get(i + 1))
                    : shared(question, texts.get(i + 1));
            if (score > 0) {
                hits.add(new Hit(passages.get(i), score));
            }
        }
        hits.sort(Comparator.comparingDouble(Hit::score).reversed());
        return hits.subList(0, Math.min(limit, hits.size()));
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return lengthA == 0 || lengthB == 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
    }

    /** The share of the question's words that the text has. */
    private static double shared(String question, String text) {
        Set<String> asked = words(question);
        Set<String> found = new HashSet<>(asked);
        found.retainAll(words(text));
        return asked.isEmpty() ? 0 : (double) found.size() / asked.size();
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 2)
                .toList());
    }
}
