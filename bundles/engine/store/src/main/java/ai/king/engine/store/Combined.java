/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements as PostgreSQL takes them at the least cost: one text, and in it one statement for all that touch different
 * rows, as its parts, so that it is looked up, begun and answered once. Parts see the rows as they were before the
 * statement; those that must hit a row are done first, in their order, and end the transaction when they miss.
 */
final class Combined {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    Combined(List<Pending> all) {
        int from = 0;
        while (from < all.size()) {
            int to = from + 1;
            while (to < all.size() && apart(all.get(to), all.subList(from, to))) {
                to++;
            }
            append(all.subList(from, to));
            from = to;
        }
    }

    String text() {
        return text.toString();
    }

    /** The values of the text's marks. */
    @Nullable
    Object[] values() {
        return values.toArray();
    }

    private static boolean apart(Pending next, List<Pending> parts) {
        return parts.stream().allMatch(next::apart);
    }

    private void append(List<Pending> parts) {
        text.append(text.isEmpty() ? "" : ";\n");
        if (parts.size() == 1 && parts.get(0).row() == null) {
            text.append(parts.get(0).sql());
            values.addAll(Arrays.asList(parts.get(0).values()));
            return;
        }
        StringBuilder checks = new StringBuilder();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Pending part = parts.get(i);
            text.append(i == 0 ? "with p" : ",\np").append(i).append(" as (").append(part.sql());
            values.addAll(Arrays.asList(part.values()));
            String row = part.row();
            if (row != null) {
                text.append(part.locks() ? "" : " returning 1");
                checks.append(rows.isEmpty() ? "" : ", ").append("must_hit((select count(*) from p");
                checks.append(i).append("), ?)");
                rows.add(row);
            }
            text.append(')');
        }
        text.append("\nselect ").append(rows.isEmpty() ? "1" : checks);
        values.addAll(rows);
    }
}
