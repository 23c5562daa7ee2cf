/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a task's input asks for by name: everything, some, or nothing. */
record Asked(boolean all, List<String> some) {

    /** {@code true} asks for everything, a text or a list of texts for those; anything else for nothing. */
    static Asked of(Map<String, Object> input, String name) {
        Object value = input.get(name);
        if (value == null || value.equals(false) || value.equals("false") || value.equals("")) {
            return new Asked(false, List.of());
        }
        if (value.equals(true) || value.equals("true")) {
            return new Asked(true, List.of());
        }
        Stream<String> texts = value instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Arrays.stream(value.toString().split(","));
        return new Asked(
                false,
                texts.map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList());
    }

    boolean nothing() {
        return !all && some.isEmpty();
    }

    boolean wants(String name) {
        return all || some.contains(name);
    }
}
