/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.kit.FakeContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an agent keeps something of every call. What it keeps of its first calls is its own affair; what grows as fast
 * afterwards never ends. Said only of agents that are quick enough to be called often.
 */
final class Retention {

    private static final int WARM = 50;
    private static final int HALF = 200;
    private static final long MOST_NANOS = 5_000_000_000L;
    /** An agent that needs longer for half of its calls is not called so often. */
    private static final long LONGEST_CALL_NANOS = 2_000_000L;

    private static final long MOST_BYTES_A_CALL = 16 * 1024;

    /** Less than that of each call shows only after many: a list of what was asked has some hundred bytes an entry. */
    private static final int MANY = 10_000;

    private static final int LEAST = 2_000;
    private static final long MANY_NANOS = 200_000_000L;
    private static final long MOST_BYTES_OF_MANY = 96;
    /** What a heap differs by from one collection to the next is no evidence. */
    private static final long LEAST_GROWTH = 256 * 1024;

    private final Agent agent;
    private final long end = System.nanoTime() + MOST_NANOS;
    private final long[] last = new long[WARM];
    private int made;

    private Retention(Agent agent) {
        this.agent = agent;
    }

    /** How much it keeps; empty when that is little, or nothing can be said. */
    static Optional<String> of(Agent agent) {
        return new Retention(agent).grown();
    }

    private Optional<String> grown() {
        if (!calls(WARM)) {
            return Optional.empty();
        }
        // Half of them, not all together: on a busy machine single calls wait for a processor, whatever the agent is
        // like.
        if (!calls(WARM) || median() > LONGEST_CALL_NANOS || !calls(HALF)) {
            return Optional.empty();
        }
        long before = used();
        if (!calls(HALF)) {
            return Optional.empty();
        }
        long after = used();
        long each = (after - before) / HALF;
        return each > MOST_BYTES_A_CALL ? told(each / 1024 + " KiB") : little(after);
    }

    /** Of agents so quick that many thousand calls take no time. */
    private Optional<String> little(long before) {
        int first = made;
        long soon = System.nanoTime() + MANY_NANOS;
        while (made - first < MANY && System.nanoTime() - soon < 0) {
            if (!calls(WARM)) {
                return Optional.empty();
            }
        }
        int many = made - first;
        if (many < LEAST) {
            return Optional.empty();
        }
        long grown = used() - before;
        return grown > LEAST_GROWTH && grown / many > MOST_BYTES_OF_MANY
                ? told(grown / many + " bytes")
                : Optional.empty();
    }

    private Optional<String> told(String much) {
        return Optional.of("it keeps about " + much + " of each call, also after " + made
                + " calls: what must outlive a call belongs into the memory or the store");
    }

    /** Whether so many were made in time and none threw: what throws is told by others. */
    private boolean calls(int many) {
        for (int i = 0; i < many; i++) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            made++;
            long start = System.nanoTime();
            try {
                agent.perform(
                        new Task("kept-" + made, "", "Say what you can do " + made, Map.of(), Map.of(), List.of()),
                        new FakeContext());
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return false;
            }
            last[i % WARM] = System.nanoTime() - start;
        }
        return true;
    }

    private long median() {
        long[] sorted = last.clone();
        Arrays.sort(sorted);
        return sorted[WARM / 2];
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
