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

    /** Waits until there is an event after the position, on whichever node it was written, or until the time is over. */
    boolean await(long position, Duration atMost) throws InterruptedException;
}
