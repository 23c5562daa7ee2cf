/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.time.Clock;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** The one database. Every write is a transaction with a ledger entry. */
@ProviderType
public interface Store {

    /**
     * Runs the work in one transaction and commits it. Nested calls on one thread join the outer transaction. Throws
     * {@link StaleRow}, {@link DuplicateRow} or {@link StoreUnavailable}; after any exception nothing was stored.
     */
    <T> T write(Actor actor, Function<Tx, T> work);

    /** Runs the work against one consistent state. */
    <T> T read(Function<Reader, T> work);

    /** The database's time, never going back. */
    Clock clock();

    /** A new UUIDv7 in text; ids of one node ascend. */
    String newId();
}
