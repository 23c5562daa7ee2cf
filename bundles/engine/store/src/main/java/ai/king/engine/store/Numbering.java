/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Lets the numbers of an H2 file go on after the highest that is stored. After a kill H2 can come back with every committed
 * row and an older counter, and would give numbers again that are taken.
 */
final class Numbering {

    private static final List<String> TABLES = List.of("ledger", "outbox");

    private Numbering() {}

    /** Called while nobody else uses the file. */
    static void goOn(DataSource h2) {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("alter table " + table + " alter column n restart with " + next(statement, table));
            }
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    private static long next(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("select coalesce(max(n), 0) + 1 from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
