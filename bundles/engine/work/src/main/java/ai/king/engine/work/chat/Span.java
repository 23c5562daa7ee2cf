/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.time.LocalDate;

/**
 * Days from one to another, both included.
 *
 * @param words how the person said it
 */
record Span(LocalDate from, LocalDate to, String words) {

    /** Before all records. */
    static final LocalDate EVER = LocalDate.of(1970, 1, 1);

    static Span day(LocalDate day, String words) {
        return new Span(day, day, words);
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** From the first record on. */
    boolean open() {
        return from.equals(EVER);
    }

    Span until(LocalDate last) {
        return new Span(from, last, words);
    }

    @Override
    public String toString() {
        if (open()) {
            return "all days to " + to;
        }
        return from.equals(to) ? from.toString() : from + " to " + to;
    }
}
