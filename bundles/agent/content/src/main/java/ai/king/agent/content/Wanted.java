/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the input of a task asks for; every key may be absent. */
record Wanted(Task task) {

    /** One line of plain text, empty when the key is absent. */
    String word(String key) {
        Object value = task.input().get(key);
        return value instanceof String || value instanceof Number ? Text.plain(value.toString()) : "";
    }

    /** A text with its lines, empty when the key is absent. */
    String text(String key) {
        return task.input().get(key) instanceof String text ? text : "";
    }

    boolean yes(String key) {
        return "true".equals(Objects.toString(task.input().get(key), ""));
    }

    /** Lines of a list, or of the one text that stands in its place. */
    List<String> lines(String key) {
        Object value = task.input().get(key);
        List<?> entries = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return entries.stream()
                .filter(entry -> !(entry instanceof Map))
                .map(Object::toString)
                .map(Wanted::fact)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String fact(String entry) {
        return entry.replaceAll("[\\p{Cc}\\s]+", " ")
                .replaceAll("[\\p{C}<>`\\[\\]{}|*#\\\\]", "")
                .trim();
    }
}
