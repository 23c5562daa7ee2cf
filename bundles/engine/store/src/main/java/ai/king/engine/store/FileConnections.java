/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one H2 file, which is opened again when H2 has closed it.
 *
 * <p>A file that cannot be written, because the disk is full, is closed by H2 for good. Each connection to it goes on failing,
 * and with the first use of an old one H2 forgets a file that was opened again meanwhile, which then is "in use" for ever. So
 * all are closed first, and the next one opens the file with all that was committed.
 */
final class FileConnections {

    private static final Logger LOG = LoggerFactory.getLogger(FileConnections.class);
    private static final Set<Integer> CLOSED =
            Set.of(ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);

    private final DataSource h2;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ReadWriteLock opening = new ReentrantReadWriteLock();
    private volatile boolean lost;

    FileConnections(DataSource h2) {
        this.h2 = h2;
    }

    /** Whether this says that H2 has closed the file, or will say so with the next statement. */
    static boolean fileClosed(SQLException e) {
        return CLOSED.contains(e.getErrorCode()) || Failures.find(e, IOException.class) != null;
    }

    Connection opened(OneWriter.Calling opener) throws Throwable {
        if (lost) {
            find();
        }
        opening.readLock().lock();
        try {
            Connection connection = (Connection) Objects.requireNonNull(opener.call());
            open.add(connection);
            return connection;
        } finally {
            opening.readLock().unlock();
        }
    }

    void closed(Connection connection) {
        open.remove(connection);
    }

    /** Once the file is closed, no connection to it is of any use. */
    void failed(Connection connection, SQLException e) {
        if (open.contains(connection) && fileClosed(e)) {
            letGo();
        }
    }

    private void letGo() {
        opening.writeLock().lock();
        try {
            lost = true;
            for (Connection connection : Set.copyOf(open)) {
                open.remove(connection);
                try {
                    connection.close();
                } catch (SQLException e) {
                    LOG.debug("A connection to a closed file did not close: {}", Failures.reason(e));
                }
            }
        } finally {
            opening.writeLock().unlock();
        }
        LOG.warn("The database's file was closed, it is opened again with the next use");
    }

    /** Opens the file again; its numbers go on after the highest that was stored. */
    private void find() throws SQLException {
        opening.writeLock().lock();
        try {
            if (lost) {
                Numbering.goOn(h2);
                lost = false;
                LOG.info("The database's file is open again");
            }
        } catch (RuntimeException e) {
            throw new SQLTransientConnectionException(Failures.reason(e), "08001", e);
        } finally {
            opening.writeLock().unlock();
        }
    }
}
