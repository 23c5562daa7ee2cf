/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears from PostgreSQL that another node has sealed, so that its events need not wait for the next look. */
@Component(
        immediate = true,
        service = {})
public final class Notifications {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int WAIT_MILLIS = 10_000;

    private final DataSource dataSource;
    private final Sealer sealer;
    private final Thread thread = new Thread(this::run, "king-store-notifications");
    private volatile boolean closed;

    @Activate
    public Notifications(
            @Reference(target = "(osgi.jndi.service.name=king)") DataSource dataSource,
            @Reference Database database,
            @Reference Sealer sealer) {
        this.dataSource = dataSource;
        this.sealer = sealer;
        if (database.postgresql()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                // Looking now and then finds the events, too; the sealer tells of a database that is gone.
                LOG.debug("No notifications now: {}", Failures.reason(e));
            }
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen king");
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!closed) {
                PGNotification[] heard = postgres.getNotifications(WAIT_MILLIS);
                if (heard == null || heard.length == 0) {
                    statement.execute("select 1");
                    continue;
                }
                for (PGNotification each : heard) {
                    sealer.placed(Long.parseLong(each.getParameter()));
                }
            }
            statement.execute("unlisten king");
        }
    }

    @Deactivate
    void close() {
        closed = true;
        thread.interrupt();
    }
}
