/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The reading ease of English text by Flesch (1948): 206.835 - 1.015 words a sentence - 84.6 syllables a word. 60 is plain
 * English, 100 very easy, 0 very hard.
 */
final class Readability {

    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

    private Readability() {}

    static double ease(String text) {
        List<String> words = Text.words(text);
        if (words.isEmpty()) {
            return 0;
        }
        int sentences = Math.max(1, Text.sentences(text).size());
        double syllables = words.stream().mapToInt(Readability::syllables).sum();
        double ease = 206.835 - 1.015 * words.size() / sentences - 84.6 * syllables / words.size();
        return Math.max(0, Math.min(100, ease));
    }

    /** Groups of vowels; a silent e at the end does not count. */
    private static int syllables(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int groups = (int) VOWELS.matcher(lower).results().count();
        boolean silent = lower.endsWith("e") && !lower.endsWith("le") && groups > 1;
        return Math.max(1, silent ? groups - 1 : groups);
    }
}
