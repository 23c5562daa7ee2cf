/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The PostgreSQL of a run. The embedded one does not wait for the disk unless it is told to: this one does. */
final class Postgres {

    private static EmbeddedPostgres server;

    private Postgres() {}

    static synchronized EmbeddedPostgres server() throws IOException {
        if (server == null) {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }
        return server;
    }

    /** The configuration of a node's store on the database behind this DataSource. */
    static String configuration(DataSource dataSource) throws IOException, SQLException {
        String name = text(dataSource, "select current_database()");
        return "url = " + server().getJdbcUrl("postgres", name) + "\nuser = postgres\npassword = postgres\n";
    }

    /** The one value a statement asks for, as text. */
    static String text(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("nothing found by " + sql);
            }
            return row.getString(1);
        }
    }
}
