/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.signals.Signals;
import ai.king.store.Actor;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import javax.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store over the persistence unit {@code king}. */
@Component(
        service = {Store.class, JpaStore.class},
        immediate = true)
public final class JpaStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(JpaStore.class);

    private final EntityManagerFactory factory;
    private final Database database;
    private final DatabaseClock clock;
    private final TimeOrderedIds ids;
    private final Wakeups commits = new Wakeups();
    private final ThreadLocal<@Nullable Writing> writing = new ThreadLocal<>();
    private final ThreadLocal<@Nullable Session> reading = new ThreadLocal<>();

    /** Each event is told by the node that committed it, and so once. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Signals signals;

    @Activate
    public JpaStore(
            @Reference(target = "(osgi.unit.name=king)") EntityManagerFactory factory, @Reference Database database) {
        this.factory = factory;
        this.database = database;
        this.clock = new DatabaseClock(measure());
        this.ids = new TimeOrderedIds(clock);
    }

    @Override
    public <T> T write(Actor actor, Function<Tx, T> work) {
        Writing outer = writing.get();
        if (outer == null) {
            return begin(actor, work);
        }
        try {
            return work.apply(outer.as(actor));
        } catch (Throwable e) {
            outer.fail();
            throw e;
        }
    }

    private <T> T begin(Actor actor, Function<Tx, T> work) {
        Session session = open();
        List<Runnable> after;
        List<Writing.Happened> happened;
        T result;
        try {
            Writing tx = new Writing(session, actor, clock.instant(), ids::next);
            writing.set(tx);
            result = work.apply(tx);
            tx.commit();
            after = tx.afterCommit();
            happened = tx.happened();
        } catch (RuntimeException e) {
            rollback(session);
            throw Failures.translate(e);
        } catch (Error e) {
            rollback(session);
            throw e;
        } finally {
            writing.remove();
            session.close();
        }
        commits.signal();
        after.forEach(JpaStore::run);
        Signals sinks = signals;
        if (sinks != null) {
            happened.forEach(event -> sinks.event(event.type(), event.attributes()));
        }
        return result;
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("A wake-up after a commit failed: {}", e.toString());
        }
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        Writing inWrite = writing.get();
        if (inWrite != null) {
            return work.apply(inWrite);
        }
        Session inRead = reading.get();
        if (inRead != null) {
            return work.apply(inRead);
        }
        Session session = open();
        try {
            snapshot(session.connection());
            reading.set(session);
            T result = work.apply(session);
            session.commit();
            return result;
        } catch (RuntimeException e) {
            rollback(session);
            throw Failures.translate(e);
        } catch (Error e) {
            rollback(session);
            throw e;
        } finally {
            reading.remove();
            session.close();
        }
    }

    /** One state for all statements; PostgreSQL is told in the transaction, so that the pool has nothing to set back. */
    private void snapshot(Connection connection) {
        try {
            if (!database.postgresql()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return;
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("set transaction isolation level repeatable read read only")) {
                statement.execute();
            }
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    private Session open() {
        try {
            return new Session(factory.createEntityManager(), database.postgresql());
        } catch (RuntimeException e) {
            throw Failures.translate(e);
        }
    }

    private static void rollback(Session session) {
        try {
            session.rollback();
        } catch (RuntimeException e) {
            LOG.debug("Rolling back failed, the connection is gone: {}", Failures.reason(e));
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public String newId() {
        return ids.next();
    }

    /** Signalled after every commit of this node. */
    Wakeups commits() {
        return commits;
    }

    /** Asks the database for its time and the last sealed instant again. */
    void measureTime() {
        clock.atLeast(measure());
    }

    private Instant measure() {
        return database.inTransaction(connection -> {
            Unsealed.byIndex(connection, database.postgresql());
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select "
                            + (database.postgresql() ? "clock_timestamp()" : "current_timestamp(6)")
                            + ", (select at from seal where id = 1), (select max(l.at)"
                            + Unsealed.ENTRIES.waiting(database.postgresql()) + ")")) {
                row.next();
                Instant latest = row.getObject(1, OffsetDateTime.class).toInstant();
                for (int column = 2; column <= 3; column++) {
                    OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
                    if (stored != null && stored.toInstant().isAfter(latest)) {
                        latest = stored.toInstant();
                    }
                }
                return latest;
            }
        });
    }
}
