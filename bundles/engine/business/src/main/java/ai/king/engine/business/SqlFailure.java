/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.store.DuplicateRow;
import ai.king.store.StoreUnavailable;
import java.sql.SQLException;

/** What a failed statement means to a caller: the database is away, a key is taken, or a fault of ours. */
final class SqlFailure {

    private SqlFailure() {}

    /** The exception to throw for a failed statement. */
    static RuntimeException of(String doing, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57")) {
            return new StoreUnavailable(doing + ": the database does not answer", failure);
        }
        if (state.equals("23505")) {
            return new DuplicateRow(doing + ": the key is taken", failure);
        }
        return new IllegalStateException(doing + " failed: " + failure.getMessage(), failure);
    }
}
