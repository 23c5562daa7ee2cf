/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import java.time.Duration;

/**
 * How much one document may cost, and what it cost so far.
 *
 * @param characters of text
 * @param pages read
 * @param unpacked bytes that compressed parts may become
 * @param entries of an archive
 * @param deadline by {@link System#nanoTime()}
 */
record Bounds(int characters, int pages, long unpacked, int entries, long deadline) {

    static Bounds usual() {
        return new Bounds(
                5_000_000,
                2000,
                256L << 20,
                5000,
                System.nanoTime() + Duration.ofSeconds(30).toNanos());
    }

    /** Ends the reading when its time is over or its thread is interrupted. */
    void going() throws Unread {
        if (System.nanoTime() - deadline > 0) {
            throw new Unread("reading it takes too long");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new Unread("reading it was interrupted");
        }
    }

    void text(long length) throws Unread {
        if (length > characters) {
            throw new Unread("it has more than " + characters + " characters");
        }
    }
}
