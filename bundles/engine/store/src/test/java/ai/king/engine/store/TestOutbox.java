/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Event;
import ai.king.store.Outbox;
import java.time.Duration;
import java.util.List;

/** The outbox of one node on a test database, with its sealer and what hears of other nodes. */
public final class TestOutbox implements Outbox, AutoCloseable {

    private final Sealer sealer;
    private final Notifications notifications;
    private final OrderedOutbox outbox;

    public TestOutbox(TestDatabase database) {
        sealer = database.sealer();
        notifications = new Notifications(database.dataSource(), database.database, sealer);
        outbox = new OrderedOutbox(database.database, sealer);
    }

    @Override
    public List<Event> after(long position, int limit) {
        return outbox.after(position, limit);
    }

    @Override
    public long last() {
        return outbox.last();
    }

    @Override
    public void look() {
        outbox.look();
    }

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        return outbox.await(position, atMost);
    }

    @Override
    public void close() throws InterruptedException {
        notifications.close();
        sealer.close();
    }
}
