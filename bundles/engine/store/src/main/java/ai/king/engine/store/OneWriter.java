/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time change an H2 file, and no interrupt cut its commit short.
 *
 * <p>With a commit H2 stores what every transaction has changed so far, one map after the other, while the others go on: a
 * change may be in the map of the rows and in neither that of the index nor the undo log. A kill before the next commit keeps
 * it so (seen on 2.5.252; 2.4.240 stores in the same way). And a commit that is interrupted returns before it is stored.
 * PostgreSQL has neither fault and needs none of this.
 */
final class OneWriter implements InvocationHandler {

    private static final long PATIENCE_SECONDS = 10;

    private final DataSource h2;
    private final FileConnections connections;
    private final Semaphore turn = new Semaphore(1, true);
    private final ExecutorService committer;
    private volatile @Nullable Thread writer;
    private int depth;

    private OneWriter(DataSource h2) {
        this.h2 = h2;
        this.connections = new FileConnections(h2);
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "king-h2-commit");
                    thread.setDaemon(true);
                    return thread;
                });
        one.allowCoreThreadTimeOut(true);
        committer = one;
    }

    static DataSource of(DataSource h2) {
        return proxy(DataSource.class, new OneWriter(h2));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (!method.getName().equals("getConnection")) {
            return call(h2, method, args);
        }
        Connection connection = connections.opened(() -> call(h2, method, args));
        return new Guarded(connection).proxy();
    }

    private void enter() throws SQLException {
        if (writer == Thread.currentThread()) {
            depth++;
            return;
        }
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (true) {
                try {
                    if (!turn.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new SQLTransientException(
                                "another transaction changes the H2 file for more than " + PATIENCE_SECONDS + " s",
                                "HYT00");
                    }
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        writer = Thread.currentThread();
        depth = 1;
    }

    private void leave() {
        if (--depth == 0) {
            writer = null;
            turn.release();
        }
    }

    /** Calls on a thread that nobody interrupts. */
    private @Nullable Object uninterrupted(Object target, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        Future<@Nullable Object> future = committer.submit(() -> {
            try {
                return method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() == null ? e : e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(OneWriter.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static @Nullable String sql(@Nullable Object @Nullable [] args) {
        return args != null && args.length > 0 && args[0] instanceof String text ? text : null;
    }

    static boolean changes(String sql) {
        String text = sql.stripLeading().toLowerCase(Locale.ROOT);
        boolean reads = text.startsWith("select") || text.startsWith("values") || text.startsWith("explain");
        return !reads || text.contains("for update");
    }

    /** A call of the driver's. */
    interface Calling {
        @Nullable
        Object call() throws Throwable;
    }

    /** One connection: its first change waits for the turn, its commit, roll-back or end gives it on. */
    private final class Guarded implements InvocationHandler {

        private final Connection connection;
        private boolean holding;

        Guarded(Connection connection) {
            this.connection = connection;
        }

        Connection proxy() {
            return OneWriter.proxy(Connection.class, this);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            return watched(() -> switch (method.getName()) {
                case "commit", "rollback", "setAutoCommit", "close", "abort" -> ended(method, args);
                default -> {
                    Object result = call(connection, method, args);
                    yield result instanceof Statement statement ? guarded(statement, sql(args)) : result;
                }
            });
        }

        /** What ends a transaction, or the connection. */
        private @Nullable Object ended(Method method, @Nullable Object @Nullable [] args) throws Throwable {
            // The last close writes, too; a roll-back to a savepoint ends nothing.
            boolean closes =
                    method.getName().equals("close") || method.getName().equals("abort");
            boolean goesOn = method.getName().equals("rollback") && args != null;
            try {
                return holding || closes ? uninterrupted(connection, method, args) : call(connection, method, args);
            } finally {
                if (closes) {
                    connections.closed(connection);
                }
                if (!goesOn) {
                    end();
                }
            }
        }

        /** Once the file is closed, no connection to it is of any use. */
        private @Nullable Object watched(Calling calling) throws Throwable {
            try {
                return calling.call();
            } catch (SQLException e) {
                connections.failed(connection, e);
                throw e;
            }
        }

        private Statement guarded(Statement statement, @Nullable String sql) {
            Class<? extends Statement> type = statement instanceof CallableStatement
                    ? CallableStatement.class
                    : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
            return OneWriter.proxy(type, (proxy, method, args) -> watched(() -> execute(statement, sql, method, args)));
        }

        private @Nullable Object execute(
                Statement statement, @Nullable String prepared, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, args);
            }
            String given = sql(args);
            String sql = given == null ? prepared : given;
            if (sql != null && !changes(sql)) {
                return call(statement, method, args);
            }
            if (!holding) {
                enter();
                holding = true;
            }
            if (!connection.getAutoCommit()) {
                return call(statement, method, args);
            }
            try {
                return uninterrupted(statement, method, args);
            } finally {
                end();
            }
        }

        private void end() {
            if (holding) {
                holding = false;
                leave();
            }
        }
    }
}
