/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a write that is not sent yet.
 *
 * @param row the row that must be hit, in words; null when none must be
 */
record Pending(Kind kind, String table, String sql, @Nullable Object[] values, @Nullable String row) {

    enum Kind {
        /** Asks for a row, which must be there, and holds it. */
        LOCK,
        /** Changes a row, which must be there. */
        CHANGE,
        /** Adds rows; the text ends with their values. */
        INSERT,
        /** Anything else. */
        OTHER
    }

    private static final Set<String> LOGS = Set.of("ledger", "outbox");

    boolean locks() {
        return kind == Kind.LOCK;
    }

    /** Whether the two can be done in any order, each as if the other were not there. */
    boolean apart(Pending other) {
        if (kind == Kind.OTHER || other.kind == Kind.OTHER) {
            return false;
        }
        if (!table.equals(other.table)) {
            return true;
        }
        boolean adds = kind == Kind.INSERT;
        return adds == (other.kind == Kind.INSERT)
                && (adds || !String.valueOf(row).equals(other.row));
    }

    /** The lines for a log in one statement at the end: nothing else depends on when they come. */
    static List<Pending> merged(List<Pending> all) {
        List<Pending> few = new ArrayList<>();
        Map<String, List<Pending>> lines = new LinkedHashMap<>();
        for (Pending each : all) {
            if (LOGS.contains(each.table)) {
                lines.computeIfAbsent(each.sql, sql -> new ArrayList<>()).add(each);
            } else {
                few.add(each);
            }
        }
        lines.forEach((sql, equal) -> {
            String row = sql.substring(sql.lastIndexOf('('));
            String rows = sql + (", " + row).repeat(equal.size() - 1);
            Object[] values =
                    equal.stream().flatMap(each -> Arrays.stream(each.values)).toArray();
            few.add(new Pending(Kind.INSERT, equal.get(0).table, rows, values, null));
        });
        return few;
    }
}
