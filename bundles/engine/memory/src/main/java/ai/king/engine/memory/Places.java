/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Small numbers that upkeep goes by; past the store's transactions, for what they say can be found out again. */
final class Places {

    private final Store store;
    private final DataSource dataSource;

    Places(Store store, DataSource dataSource) {
        this.store = store;
        this.dataSource = dataSource;
    }

    OptionalLong get(String name) {
        return store.read(reader -> {
            try (PreparedStatement statement =
                    reader.connection().prepareStatement("select position from memory_follower where id = ?")) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
                }
            } catch (SQLException e) {
                throw new IllegalStateException("the place of " + name + " cannot be read: " + e.getMessage(), e);
            }
        });
    }

    void set(String name, long value) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (change(connection, "update memory_follower set position = ? where id = ?", name, value) == 0) {
                change(connection, "insert into memory_follower (position, id) values (?, ?)", name, value);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the place of " + name + " cannot be kept: " + e.getMessage(), e);
        }
    }

    private static int change(Connection connection, String sql, String name, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            statement.setString(2, name);
            return statement.executeUpdate();
        }
    }
}
