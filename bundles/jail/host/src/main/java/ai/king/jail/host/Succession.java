/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.kit.FakeContext;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a candidate come, work and go again and again, as swaps do: of those that went nothing may stay, or each swap would
 * cost the platform the memory of all its classes.
 */
final class Succession {

    private static final int MOST = 20;
    private static final int LEAST = 2;
    /** A plug that needs long to begin comes less often. */
    private static final long NANOS = 400_000_000L;

    /** What holds the newest one until the next comes is no leak. */
    private static final int SPARED = 1;

    /** The first pause between two looks; each is twice as long as the one before up to the longest, some ten seconds in all. */
    private static final long LOOK_NANOS = 20_000_000L;

    private static final long LONGEST_NANOS = 500_000_000L;
    private static final int LOOKS = 24;

    private final Coming coming;
    private final List<WeakReference<ClassLoader>> gone = new ArrayList<>();

    /** One more life of the candidate. */
    @FunctionalInterface
    interface Coming {
        Life again() throws Unfit;
    }

    /**
     * A candidate that is there.
     *
     * @param end stops and uninstalls it
     */
    record Life(Object plug, Runnable end) {}

    Succession(Coming coming) {
        this.coming = coming;
    }

    /** Why it must not be swapped; empty where nothing is wrong. */
    Optional<String> fault() {
        long end = System.nanoTime() + NANOS;
        try {
            while (gone.size() < LEAST || gone.size() < MOST && System.nanoTime() - end < 0) {
                live(coming.again());
            }
        } catch (Unfit e) {
            return Optional.of("it comes once, but not after it went: " + e.getMessage());
        }
        int kept = kept();
        return kept > SPARED
                ? Optional.of("of " + gone.size() + " that came and went, " + kept
                        + " are still in memory with all their classes: something outside keeps them, such as a thread,"
                        + " a driver that is registered, or a handler")
                : Optional.empty();
    }

    private void live(Life life) {
        gone.add(new WeakReference<>(
                Objects.requireNonNull(life.plug().getClass().getClassLoader(), "a plug has a loader of its own")));
        try {
            if (life.plug() instanceof Agent agent) {
                agent.perform(
                        new Task("swap-" + gone.size(), "", "Say what you can do", Map.of(), Map.of(), List.of()),
                        new FakeContext());
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            System.err.println(
                    "a call between two swaps ended with " + e.getClass().getName());
        } finally {
            life.end().run();
        }
    }

    /** Some let go a while later by themselves: a client of HTTP ends its thread when it finds that nobody holds the client. */
    private int kept() {
        int kept = gone.size();
        long pause = LOOK_NANOS;
        for (int look = 0; look < LOOKS && kept > SPARED; look++) {
            System.gc();
            kept = (int) gone.stream().filter(one -> one.get() != null).count();
            if (kept > SPARED && look + 1 < LOOKS) {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_NANOS);
            }
        }
        return kept;
    }
}
