/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Proposal;
import ai.king.store.Actor;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes that are decided anew when somebody else was faster: each reads what it changes in its own transaction. */
final class Writes {

    private static final int TRIES = 5;

    private final Store store;

    Writes(Store store) {
        this.store = store;
    }

    <T> T write(Actor actor, Function<Tx, T> work) {
        for (int i = 1; ; i++) {
            try {
                return store.write(actor, work);
            } catch (StaleRow e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Changes a proposal under its lock. */
    Proposal change(Actor actor, String id, BiFunction<Tx, Proposal, Proposal> work) {
        return write(actor, tx -> work.apply(tx, locked(tx, id)));
    }

    static Proposal locked(Tx tx, String id) {
        return tx.lock(Proposal.class, id).orElseThrow(() -> new NoSuchElementException("no proposal " + id));
    }
}
