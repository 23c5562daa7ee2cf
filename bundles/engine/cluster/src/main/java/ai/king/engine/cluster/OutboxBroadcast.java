/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.cluster.Broadcast;
import ai.king.store.Event;
import ai.king.store.Outbox;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Events of all nodes from the outbox, which the store orders and wakes; one read serves all subscribers of a node. */
@Component
public final class OutboxBroadcast implements Broadcast {

    private final Outbox outbox;
    private final Tail tail;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    @Activate
    public OutboxBroadcast(@Reference Outbox outbox) {
        this.outbox = outbox;
        this.tail = new Tail(outbox);
    }

    @Override
    public AutoCloseable subscribe(Set<String> channels, long after, Consumer<Event> listener) {
        Subscription subscription =
                new Subscription(outbox, tail, Set.copyOf(channels), after, listener, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    @Override
    public long last() {
        return outbox.last();
    }

    @Deactivate
    void close() {
        tail.close();
        subscriptions.forEach(Subscription::close);
    }
}
