/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Reply;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether a call may be paid, and what it then cost. */
interface Budget {

    /**
     * Sets aside what a call may use at most.
     *
     * @param payer {@code business:<id>} or {@code platform}
     * @param caller who asked by name, for the ledger
     */
    Reserved reserve(String payer, Optional<String> caller, String backend, long tokens, BigDecimal money);

    /** Sets aside for the platform's own work. */
    default Reserved reserve(String payer, String backend, long tokens, BigDecimal money) {
        return reserve(payer, Optional.empty(), backend, tokens, money);
    }

    /** What a backend has used today. */
    Used today(String backend);

    /** Tokens, and what they cost. */
    record Used(long tokens, BigDecimal money) {}

    /** The answer to a call that wants to be paid; every one must be settled once. */
    interface Reserved {

        /** Why not, and when it would be. */
        Optional<Reply.Unavailable> refusal();

        /** Whether a refusal holds for every backend: a cheaper one does not help. */
        boolean everywhere();

        /** Tells what was used in the end; nothing when the call never came about. */
        void settle(long tokens, BigDecimal money);
    }
}
