/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Events written with {@link Tx#enqueue}, ordered after their commit. */
@ProviderType
public interface Outbox {

    /** Events after a position, at most {@code limit}, in order; never one that could later get an earlier neighbour. */
    List<Event> after(long position, int limit);

    /** The last position given out; 0 when there is none. */
    long last();

    /** Something says that there may be new events: looks now, not only when it would. Cheap; what is there decides. */
    default void look() {
        // An outbox that always looks in time need not be told.
    }

    /** Waits until there is an event after the position, on whichever node it was written, or until the time is over. */
    boolean await(long position, Duration atMost) throws InterruptedException;
}
