/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Intent;
import ai.king.work.Goal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the person said of a goal. A planner that also heard what the business remembers may have taken a figure or a name of a
 * step from there, where it can be a word of somebody outside: such a step is marked, and its effects ask.
 */
final class Said {

    private final String words;

    Said(Goal goal, Intent intent) {
        words = (goal.text() + "\n" + String.join("\n", goal.documents()) + "\n"
                        + String.join("\n", intent.parameters().values()))
                .toLowerCase(Locale.ROOT);
    }

    /** Whether every word and figure of a step's input stands in what the person said. */
    boolean holds(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(this::holds);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().allMatch(this::holds);
        }
        if (value instanceof Number number) {
            return whole(new BigDecimal(number.toString()).toPlainString());
        }
        return !(value instanceof String text) || whole(text.strip().toLowerCase(Locale.ROOT));
    }

    /** Not as a part of another word or figure. */
    private boolean whole(String part) {
        return Pattern.compile("(?<![\\p{L}\\p{N}.])" + Pattern.quote(part) + "(?![\\p{L}\\p{N}]|\\.\\p{N})")
                .matcher(words)
                .find();
    }
}
