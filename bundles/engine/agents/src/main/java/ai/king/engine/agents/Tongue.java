/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which language a text is surely in: by its script, and among languages of the Latin script by their little words. Empty
 * where it cannot be told: a short text, names, code.
 */
final class Tongue {

    private static final int ENOUGH_LETTERS = 12;
    private static final int ENOUGH_WORDS = 4;
    private static final Map<String, Set<String>> LITTLE_WORDS = Map.of(
            "English", words("the and of to is in that for with was are this not you it on as we have from"),
            "German", words("der die das und ist nicht ein eine zu den mit von für auf im wir sie dass wird auch"),
            "French", words("le la les et est une des du que pour dans pas sur nous vous avec qui sont au ne"),
            "Spanish", words("el los las y es una del que para en no con por se su como más son al lo"),
            "Italian", words("il gli e è una della che per non con di sono nel dei alla si come più le un"),
            "Portuguese", words("o os as e é uma do da que para em não com por se no são mais dos um"),
            "Dutch", words("de het en een van is dat niet op te voor met zijn aan er ook als maar om wij"));

    private Tongue() {}

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    /** Whether both are surely in a language, and not in the same. */
    static boolean differ(String one, String other) {
        Optional<String> first = of(one);
        Optional<String> second = of(other);
        return first.isPresent() && second.isPresent() && !first.equals(second);
    }

    static Optional<String> of(String text) {
        Map<Character.UnicodeScript, Integer> letters = new EnumMap<>(Character.UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> letters.merge(Character.UnicodeScript.of(letter), 1, Integer::sum));
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        if (all < ENOUGH_LETTERS) {
            return Optional.empty();
        }
        for (Map.Entry<Character.UnicodeScript, Integer> script : letters.entrySet()) {
            if (script.getValue() * 10 >= all * 7) {
                return script.getKey() == Character.UnicodeScript.LATIN
                        ? latin(text)
                        : Optional.of(family(script.getKey()));
            }
        }
        return Optional.empty();
    }

    /** Japanese mixes scripts, and much Chinese in it is no Chinese. */
    private static String family(Character.UnicodeScript script) {
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA -> "Chinese or Japanese";
            default -> script.name();
        };
    }

    private static Optional<String> latin(String text) {
        Map<String, Integer> hits = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            LITTLE_WORDS.forEach((language, little) -> {
                if (little.contains(word)) {
                    hits.merge(language, 1, Integer::sum);
                }
            });
        }
        Optional<Map.Entry<String, Integer>> best = hits.entrySet().stream().max(Map.Entry.comparingByValue());
        return best.filter(top -> top.getValue() >= ENOUGH_WORDS)
                .filter(top -> hits.entrySet().stream()
                        .allMatch(other -> other == top || other.getValue() * 2 <= top.getValue()))
                .map(Map.Entry::getKey);
    }
}
