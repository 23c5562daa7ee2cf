/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.engine.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Thirty agents in the platform and twenty in the jail, each a bundle of its own, all called and swapped in turn for some
 * minutes: what fails, what all processes have in memory together, and what is left behind.
 */
final class AgentsMeasure implements Measure {

    private static final int MINUTES = Integer.getInteger("king.minutes", 3);
    private static final int IN_PROCESS = 30;
    private static final int JAILED = 20;
    private static final int CALLERS = 4;
    private static final long PAUSE_MILLIS = 50;
    private static final long BETWEEN_MILLIS = 3_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final double MOST_GIB = 4;
    private static final double FLAT = 1.15;

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException {
        Path home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        try (TestDatabase database = TestDatabase.postgresql(Postgres.server());
                Karaf node = node(setting, home, database)) {
            return new Run(setting, database, node, home).lines();
        }
    }

    /** A node whose jail lets all of them live at once: what they take together is measured. */
    private static Karaf node(Setting setting, Path home, TestDatabase database)
            throws IOException, SQLException, InterruptedException {
        Path data = setting.folder("node");
        Path etc = Files.createDirectories(data.resolve("etc"));
        Files.writeString(etc.resolve("ai.king.engine.store.cfg"), Postgres.configuration(database.dataSource()));
        Files.writeString(etc.resolve("ai.king.jail.warden.cfg"), "memoryMiB = " + (JAILED + 3) * 640 + "\n");
        // The only difference to an operator's start: jcmd may look at the heap.
        return Karaf.king(home, data, Map.of("EXTRA_JAVA_OPTS", "-XX:-DisableAttachMechanism"));
    }

    private static final class Run {

        private final Setting setting;
        private final TestDatabase database;
        private final Karaf node;
        private final Swaps swaps;
        private final List<String> inProcess = new ArrayList<>();
        private final List<String> jailed = new ArrayList<>();
        private final AtomicLong calls = new AtomicLong();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean stopped;
        private double most;

        Run(Setting setting, TestDatabase database, Karaf node, Path home) {
            this.setting = setting;
            this.database = database;
            this.node = node;
            swaps = new Swaps(database.store(), database.payloads(), home.resolve("plugs"));
            for (int i = 0; i < IN_PROCESS; i++) {
                inProcess.add("here" + i);
            }
            for (int i = 0; i < JAILED; i++) {
                jailed.add("jailed" + i);
            }
        }

        List<Line> lines() throws IOException, SQLException, InterruptedException {
            Client client = Client.login(node.port());
            applied(swaps.many(inProcess, jailed));
            List<String> all = new ArrayList<>(inProcess);
            all.addAll(jailed);
            for (String agent : all) {
                call(client, agent);
            }
            Jvm before = Jvm.of(node.pid());
            setting.note("before " + before);
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(caller(client, all, i));
            }
            int made = swapping();
            stopped = true;
            for (Thread caller : callers) {
                caller.join();
            }
            Jvm after = Jvm.of(node.pid());
            setting.note("after " + after + ", swaps " + made + ", calls " + calls + ", most " + most + " GiB");
            failures.forEach(failure -> setting.note("failed: " + failure));
            return lines(before, after, made);
        }

        private Thread caller(Client client, List<String> all, int first) {
            Thread thread = new Thread(() -> {
                for (int i = first; !stopped; i += CALLERS) {
                    call(client, all.get(i % all.size()));
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
                }
            });
            thread.start();
            return thread;
        }

        private void call(Client client, String agent) {
            calls.incrementAndGet();
            try {
                Object outcome = client.post("/agents/" + agent + "/tasks", Map.of("task", "hello"))
                        .get("outcome");
                if (!"DONE".equals(outcome)) {
                    failures.add(agent + ": " + outcome);
                }
            } catch (IOException e) {
                failures.add(agent + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** One of each kind a time, by another build. */
        private int swapping() throws IOException, SQLException, InterruptedException {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            int turn = 0;
            while (System.nanoTime() < end) {
                applied(swaps.rebuilt(
                        List.of(inProcess.get(turn % IN_PROCESS), jailed.get(turn % JAILED)), "round" + turn));
                turn++;
                most = Math.max(most, Jvm.gibibytes(node.pid()));
                Thread.sleep(BETWEEN_MILLIS);
            }
            return turn;
        }

        private void applied(long release) throws SQLException, IOException {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (!one("select count(*) from node where applied < " + release).equals("0")) {
                if (System.nanoTime() > end) {
                    throw new IOException("release " + release + " is not applied");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            String error = one("select string_agg(error, '; ') from node");
            if (!error.isEmpty()) {
                throw new IOException(error);
            }
        }

        private String one(String sql) throws SQLException {
            return Postgres.text(database.dataSource(), sql);
        }

        private List<Line> lines(Jvm before, Jvm after, int made) {
            String all = IN_PROCESS + " agents in the platform and " + JAILED + " in the jail for " + MINUTES + " min, "
                    + made + " swaps of two";
            long waysBack = Math.min(made, IN_PROCESS);
            return List.of(
                    new Line(
                            all + ": calls failed",
                            failures.size() + " of " + calls,
                            "none",
                            "",
                            "0",
                            failures.isEmpty(),
                            "the jail's memory lets all live at once"),
                    new Line(
                            "resident memory of the platform and all hosts in sum, at most",
                            String.format("%.2f GiB", most),
                            "none",
                            "",
                            "4 GiB",
                            most <= MOST_GIB,
                            "a virtual machine for each jailed agent"),
                    new Line(
                            "heap after a collection, and metaspace",
                            after.heapMiB() + " MiB, " + after.metaspaceMiB() + " MiB",
                            before.heapMiB() + " MiB, " + before.metaspaceMiB() + " MiB before the swaps",
                            Series.times((double) after.metaspaceMiB() / before.metaspaceMiB()) + " of the metaspace",
                            FLAT + "x",
                            after.metaspaceMiB() <= FLAT * before.metaspaceMiB()
                                    && after.heapMiB() <= FLAT * before.heapMiB() + 16,
                            "ways back: a former version of each agent stays started"),
                    new Line(
                            "class loaders of bundles after a collection",
                            Long.toString(after.loaders()),
                            before.loaders() + " before " + made + " swaps",
                            "",
                            "and one way back for each swapped agent",
                            after.loaders() <= before.loaders() + waysBack,
                            "a retired generation is taken out when its last call has ended"));
        }
    }
}
