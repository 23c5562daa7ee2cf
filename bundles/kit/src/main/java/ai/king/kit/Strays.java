/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import java.util.Set;
import java.util.stream.Collectors;

/** Finds threads that a plug left behind. */
final class Strays {

    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

    /** Names of threads that were not there before and do not end within two seconds. */
    Set<String> left() {
        long deadline = System.nanoTime() + 2_000_000_000L;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !ofTheRuntime(thread)) {
                join(thread, deadline);
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive() && !ofTheRuntime(thread))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    /** Threads the virtual machine starts by itself: the common pool, the HTTP client's and the cleaner's. */
    private static boolean ofTheRuntime(Thread thread) {
        String name = thread.getName();
        return name.startsWith("ForkJoinPool.commonPool")
                || name.startsWith("Common-Cleaner")
                || name.startsWith("HttpClient-")
                || name.startsWith("Java2D")
                || name.startsWith("junit-")
                || name.startsWith("process reaper")
                || thread.getThreadGroup() == null;
    }

    private static void join(Thread thread, long deadline) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            return;
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
