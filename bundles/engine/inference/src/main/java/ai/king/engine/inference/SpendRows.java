/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inferences.Spend;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** The rows of what is spent. Another node may make the row of a day, or change it, at the same moment. */
final class SpendRows {

    private static final Actor ACTOR = Actor.system("inference");
    private static final int TRIES = 8;

    private final Store store;

    SpendRows(Store store) {
        this.store = store;
    }

    Optional<Spend> find(String key) {
        return store.read(reader -> reader.find(Spend.class, key));
    }

    /** The row of a scope and day, for this transaction alone. */
    static Spend locked(Tx tx, String scope, LocalDate day) {
        return tx.lock(Spend.class, Spend.id(scope, day)).orElseGet(() -> tx.insert(Spend.none(scope, day)));
    }

    /** One transaction; again when another node was first. */
    <T> T written(String scope, LocalDate day, Function<Tx, T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return store.write(ACTOR, work);
            } catch (DuplicateRow | StaleRow e) {
                if (tries == TRIES) {
                    throw new StoreUnavailable("what " + scope + " spends on " + day + " is too busy", e);
                }
            }
        }
    }
}
