/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places where a test may kill the process: system property {@code king.fault} names one, optionally
 * {@code name:n} for the n-th pass. Costs one comparison when it is not set.
 */
public final class FaultPoints {

    private static final String ARMED = System.getProperty("king.fault", "");
    private static final AtomicInteger PASSES = new AtomicInteger();

    private FaultPoints() {}

    /** Halts the process without any cleaning up when this point is armed. */
    public static void hit(String name) {
        if (ARMED.isEmpty()) {
            return;
        }
        int colon = ARMED.indexOf(':');
        String point = colon < 0 ? ARMED : ARMED.substring(0, colon);
        int nth = colon < 0 ? 1 : Integer.parseInt(ARMED.substring(colon + 1));
        if (point.equals(name) && PASSES.incrementAndGet() == nth) {
            Runtime.getRuntime().halt(137);
        }
    }
}
