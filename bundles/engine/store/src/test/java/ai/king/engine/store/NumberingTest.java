/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberingTest {

    @TempDir
    Path folder;

    @Test
    void goesOnAfterTheHighestNumberWhenTheCounterFellBack() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(DatabaseUrl.embedded(folder).text());
        h2.setUser("king");
        Migrations.run(h2, true);
        String insert = "insert into outbox (type, at, data, channels) values ('t', current_timestamp, '{}', '[]')";
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 5; i++) {
                statement.execute(insert);
            }
            statement.execute("alter table outbox alter column n restart with 2");
            Numbering.goOn(h2);
            statement.execute(insert);
            try (ResultSet row = statement.executeQuery("select max(n) from outbox")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(6);
            }
        }
    }
}
