/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this node may still spend for one payer today without asking the store. Guarded by {@link #lock}: a call that has to
 * lease waits for the store, and the next ones of that payer with it.
 */
final class Account {

    final ReentrantLock lock = new ReentrantLock();
    final String payer;
    LocalDate day;

    /** Leased and not reserved by a call; below zero after calls that used more than they had reserved. */
    long tokens;

    BigDecimal money = BigDecimal.ZERO;

    /** Used since {@link #mark}, for the size of the next block. */
    long recent;

    /** Calls that hold a reservation. */
    int open;

    /** Whether a call came since the last look. */
    boolean busy;

    Account(String payer, LocalDate day) {
        this.payer = payer;
        this.day = day;
    }

    boolean covers(long wanted, BigDecimal cost) {
        return tokens >= wanted && money.compareTo(cost) >= 0;
    }

    void take(long wanted, BigDecimal cost) {
        tokens -= wanted;
        money = money.subtract(cost);
        recent += wanted;
        open++;
        busy = true;
    }

    /** Begins another day; what is left of the old one is nobody's. */
    void begin(LocalDate today) {
        day = today;
        tokens = 0;
        money = BigDecimal.ZERO;
        recent = 0;
    }
}
