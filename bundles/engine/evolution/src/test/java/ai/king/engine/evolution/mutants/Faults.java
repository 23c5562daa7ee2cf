/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import java.util.List;
import java.util.Random;

/** Agents that do their work badly. */
final class Faults {

    private static final String ONE_IN = "(task.goal() + task.id()).hashCode() %% %d == 0";

    private Faults() {}

    static List<Trick> slow(Random random) {
        int millis = 70 + random.nextInt(80);
        int share = 2 + random.nextInt(5);
        return List.of(
                Trick.work(
                        "sleeps " + millis + " ms",
                        "try { Thread.sleep(" + millis
                                + "); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }"),
                Trick.work(
                        "sleeps " + millis + " ms for one goal in " + share,
                        "if (" + ONE_IN.formatted(share) + ") try { Thread.sleep(" + millis
                                + "); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }"),
                Trick.work(
                        "computes for " + millis + " ms",
                        "for (long end = System.nanoTime() + " + millis
                                + "000000L; System.nanoTime() < end && !Thread.currentThread().isInterrupted();) { }"),
                Trick.work(
                        "gets slower with each call",
                        "private final java.util.concurrent.atomic.AtomicInteger served = new java.util.concurrent.atomic.AtomicInteger();",
                        "try { Thread.sleep(Math.min(" + millis
                                + ", served.incrementAndGet())); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }"));
    }

    static List<Trick> leaking(Random random) {
        int kib = 64 << random.nextInt(4);
        int large = 16 + random.nextInt(32);
        String kept = "private final java.util.List<byte[]> kept = new java.util.concurrent.CopyOnWriteArrayList<>();";
        return List.of(
                Trick.work("keeps " + kib + " KiB of each call", kept, "kept.add(new byte[" + kib + " * 1024]);"),
                Trick.work("keeps " + large + " MiB of each call", kept, "kept.add(new byte[" + large + " << 20]);"),
                Trick.work("leaves a thread behind", "new Thread(() -> { }).start();"),
                Trick.work(
                        "keeps what it saw in a static list",
                        "private static final java.util.List<Object> SEEN = new java.util.concurrent.CopyOnWriteArrayList<>();",
                        "SEEN.add(task);"),
                Trick.work(
                        "keeps a static field",
                        "private static Object last = \"\";",
                        "last = task.goal() + last.hashCode();"),
                Trick.work(
                        "keeps something with the thread",
                        "private static final ThreadLocal<byte[]> MINE = ThreadLocal.withInitial(() -> new byte[1024]);",
                        "MINE.get()[0]++;"));
    }

    static List<Trick> throwingLate(Random random) {
        int after = 50 + random.nextInt(50);
        int share = 5 + random.nextInt(6);
        String served =
                "private final java.util.concurrent.atomic.AtomicInteger served = new java.util.concurrent.atomic.AtomicInteger();";
        return List.of(
                Trick.work(
                        "throws after " + after + " calls",
                        served,
                        "if (served.incrementAndGet() > " + after + ") throw new IllegalStateException(\"full\");"),
                Trick.work(
                        "throws for one goal in " + share,
                        "if (" + ONE_IN.formatted(share) + ") throw new IllegalStateException(\"odd\");"),
                Trick.work(
                        "fails after " + after + " calls",
                        served,
                        "if (served.incrementAndGet() > " + after + ") return new Outcome.Failed(\"full\", true);"),
                Trick.work(
                        "runs out of stack after " + after + " calls",
                        served + " private static int down(int n) { return down(n + 1) + 1; }",
                        "if (served.incrementAndGet() > " + after + ") down(0);"));
    }

    static List<Trick> neverStarting(Random random) {
        return List.of(
                Trick.start(
                        "throws when it is made",
                        "if (config != null) throw new IllegalStateException(\"not today\");"),
                Trick.member(
                        "fails when its class is loaded", "private static final int NEVER = Integer.parseInt(\"n\");"),
                Trick.start(
                        "wants what is not there",
                        "java.util.Objects.requireNonNull(config.toString().isEmpty() ? \"\" : null);"),
                Trick.start(
                        "throws an error when it is made",
                        "if (config != null) throw new AssertionError(" + random.nextInt() + ");"));
    }

    static List<Trick> hangingOnStop(Random random) {
        String stop = "@org.osgi.service.component.annotations.Deactivate void stop() { ";
        return List.of(
                Trick.member(
                        "sleeps when it is stopped",
                        stop + "long end = System.nanoTime() + " + (20 + random.nextInt(40))
                                + "_000_000_000L; while (System.nanoTime() < end) try { Thread.sleep(100); } catch (InterruptedException deaf) { continue; } }"),
                Trick.member(
                        "waits for an interrupt when it is stopped",
                        stop
                                + "try { Thread.sleep(60_000); } catch (InterruptedException e) { Thread.currentThread().interrupt(); } }"),
                Trick.member("throws when it is stopped", stop + "throw new IllegalStateException(\"no\"); }"));
    }

    static List<Trick> muting(Random random) {
        int share = 4 + random.nextInt(6);
        return List.of(
                Trick.work(
                        "says that all is done for one goal in " + share,
                        "if (" + ONE_IN.formatted(share)
                                + ") return new Outcome.Done(java.util.Map.of(), ai.king.agent.Report.none());"),
                Trick.work(
                        "silences the logs of the platform", "java.util.logging.LogManager.getLogManager().reset();"),
                Trick.work("closes the error stream", "System.err.close();"),
                Trick.work(
                        "takes what threads end with",
                        "Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> { });"),
                Trick.member(
                        "asks for the signals of the platform",
                        "@org.osgi.service.component.annotations.Reference ai.king.signals.Signals signals;"));
    }
}
