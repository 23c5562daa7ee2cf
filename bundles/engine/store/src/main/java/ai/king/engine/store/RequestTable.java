/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.RequestLog;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Idempotency keys and answers; the keys themselves are stored by the write they belong to. */
@Component
public final class RequestTable implements RequestLog {

    private final Database database;

    @Activate
    public RequestTable(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<Answer> find(String key) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select digest, subject, status, body from request where id = ?")) {
                statement.setString(1, key);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(answer(row)) : Optional.empty();
                }
            }
        });
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(row.getString(1), row.getString(2), row.getObject(3, Integer.class), row.getString(4));
    }

    @Override
    public void answered(String key, int status, String body) {
        database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("update request set status = ?, body = ? where id = ?")) {
                statement.setInt(1, status);
                statement.setString(2, body);
                statement.setString(3, key);
                return statement.executeUpdate();
            }
        });
    }
}
