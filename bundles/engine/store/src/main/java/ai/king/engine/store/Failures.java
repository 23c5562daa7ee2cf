/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.DuplicateRow;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import javax.persistence.OptimisticLockException;
import javax.persistence.PessimisticLockException;
import org.jspecify.annotations.Nullable;

/** What went wrong in the database, in the words of the contract. */
final class Failures {

    private static final String REFUSES = "the database refuses";
    private static final Set<String> CONFLICT = Set.of("40001", "40P01", "55P03", "HYT00", "90131");
    private static final Set<String> UNREACHABLE = Set.of(
            "53300", "57P01", "57P02", "57P03", "57P05", "90007", "90028", "90030", "90031", "90067", "90098", "90108",
            "90121");

    private Failures() {}

    /** The exception itself when it does not come from the database, or has been translated. */
    static RuntimeException translate(RuntimeException e) {
        if (translated(e)) {
            return e;
        }
        SQLException cause = find(e, SQLException.class);
        if (cause != null) {
            return translate(cause, e);
        }
        if (find(e, OptimisticLockException.class) != null || find(e, PessimisticLockException.class) != null) {
            return new StaleRow("the row was changed by somebody else", e);
        }
        return e;
    }

    private static boolean translated(RuntimeException e) {
        return e instanceof StaleRow
                || e instanceof DuplicateRow
                || e instanceof StoreUnavailable
                || (e.getMessage() != null && e.getMessage().startsWith(REFUSES));
    }

    static RuntimeException translate(SQLException e) {
        return translate(e, e);
    }

    private static RuntimeException translate(SQLException sql, Exception whole) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.equals("23505")) {
            return new DuplicateRow("a unique key is taken: " + reason(sql), whole);
        }
        if (CONFLICT.contains(state)) {
            return new StaleRow("somebody else changed the same rows: " + reason(sql), whole);
        }
        // Without a state it is the pool that speaks: closed, or out of connections.
        boolean unreachable = state.startsWith("08") || UNREACHABLE.contains(state);
        // An IOException below it: the disk is full or broken.
        if (state.isEmpty() || connectionTrouble(sql) || unreachable || find(sql, IOException.class) != null) {
            return new StoreUnavailable("the database does not answer: " + reason(sql), whole);
        }
        if (state.startsWith("22") || state.startsWith("23")) {
            return new IllegalArgumentException(REFUSES + " a value: " + reason(sql), whole);
        }
        return new IllegalStateException(REFUSES + " a statement: " + reason(sql), whole);
    }

    private static boolean connectionTrouble(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException;
    }

    /** The deepest message, first line. */
    static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        return message.lines().findFirst().orElse("");
    }

    static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
