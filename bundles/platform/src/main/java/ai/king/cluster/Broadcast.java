/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import ai.king.store.Event;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Events of all nodes, in the order of the outbox. */
@ProviderType
public interface Broadcast {

    /**
     * Gives the listener the events of these channels after a position, past ones first, then new ones as they come; on a
     * thread of the engine, one at a time. A listener that throws or falls behind is closed.
     */
    AutoCloseable subscribe(Set<String> channels, long after, Consumer<Event> listener);

    /** The last position. */
    long last();
}
