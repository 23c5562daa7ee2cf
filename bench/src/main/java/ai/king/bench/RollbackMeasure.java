/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.engine.store.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a bad version goes on after "202 roll back" on either of two real nodes on one database: proposals that were
 * proposed, approved, tried and promoted over REST, while both nodes are called all the time.
 */
final class RollbackMeasure implements Measure {

    private static final int TIMES = Integer.getInteger("king.rollbacks", 20);
    private static final double LIMIT_NANOS = 1e9;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String PLUG = "ai.king.agent.echo";

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException {
        var home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        try (TestDatabase database = TestDatabase.postgresql(Postgres.server());
                Karaf first = SwapMeasure.node(setting, home, database);
                Karaf second = SwapMeasure.node(setting, home, database)) {
            Client admin = Client.login(first.port());
            admin.post(
                    "/users",
                    Map.of("name", "bea", "password", Client.PASSWORD, "roles", List.of("operator", "developer")));
            Client author = Client.login(first.port(), "bea");
            Times started = new Times();
            Times answered = new Times();
            Times accepting = new Times();
            try (Watch one = new Watch(admin);
                    Watch two = new Watch(admin.at(second.port()))) {
                for (int i = 0; i < TIMES; i++) {
                    String bad = "bad" + i + ": ";
                    String id = promoted(author, admin, bad);
                    await(
                            "both nodes on " + bad,
                            () -> one.now().startsWith(bad) && two.now().startsWith(bad));
                    // Either node is asked, in turn: the other one hears of it from the database alone.
                    Client asked = i % 2 == 0 ? admin : admin.at(second.port());
                    long sent = System.nanoTime();
                    asked.post("/evolution/proposals/" + id + "/rollback", Map.of());
                    long accepted = System.nanoTime();
                    accepting.add(accepted - sent);
                    await(
                            "no node on " + bad,
                            () -> !one.now().startsWith(bad) && !two.now().startsWith(bad));
                    // A call of the old version that is still under way would answer within this.
                    Thread.sleep(500);
                    started.add(Math.max(0, Math.max(one.started(bad), two.started(bad)) - accepted));
                    answered.add(Math.max(0, Math.max(one.answered(bad), two.answered(bad)) - accepted));
                    setting.note("rollback " + i + " last call of the bad version started "
                            + Times.text(Math.max(one.started(bad), two.started(bad)) - accepted) + " and was answered "
                            + Times.text(Math.max(one.answered(bad), two.answered(bad)) - accepted) + " after the 202");
                }
                one.failures().forEach(failure -> setting.note("failed on the first node: " + failure));
                two.failures().forEach(failure -> setting.note("failed on the second node: " + failure));
                int failed = one.failures().size() + two.failures().size();
                return lines(started, answered, accepting, failed, one.calls() + two.calls());
            }
        }
    }

    private static List<Line> lines(Times started, Times answered, Times accepting, int failed, int calls) {
        double p95 = answered.percentile(0.95);
        return List.of(
                new Line(
                        "202 roll back to the last answer of the bad version on either of two nodes, median and p95 of "
                                + answered.size(),
                        Times.text(answered.median()) + ", " + Times.text(p95),
                        "the call it answers was sent after " + Times.text(started.median()) + ", "
                                + Times.text(started.percentile(0.95)),
                        Series.times(p95 / LIMIT_NANOS) + " of the limit",
                        "p95 1 s",
                        p95 <= LIMIT_NANOS,
                        "the reconciler's look every 500 ms, and the call itself; the 202 took "
                                + Times.text(accepting.median())),
                new Line(
                        "calls failed while " + answered.size() + " versions came and went",
                        failed + " of " + calls,
                        "none",
                        "",
                        "0",
                        failed == 0,
                        "leases: a generation is taken out when its last call has ended"));
    }

    /** Takes another value to all nodes as people do; the proposal's id. */
    private static String promoted(Client author, Client admin, String prefix)
            throws IOException, InterruptedException {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "kind",
                "CONFIGURATION",
                "title",
                "Answer with " + prefix,
                "description",
                "",
                "change",
                Map.of("plug", PLUG, "name", "echo", "values", Map.of("prefix", prefix))));
        String id = String.valueOf(author.post("/evolution/proposals", wanted).get("id"));
        Map<String, Object> ready = await(admin, id, "READY");
        Map<String, Object> approval = admin.get("/approvals/" + ready.get("approvalId"));
        admin.post(
                "/approvals/" + approval.get("id") + "/votes",
                Map.of("decision", "APPROVE", "payloadSha256", approval.get("payloadSha256")));
        await(admin, id, "CANARY");
        admin.post("/evolution/proposals/" + id + "/promote", Map.of());
        return id;
    }

    private static Map<String, Object> await(Client client, String id, String status)
            throws IOException, InterruptedException {
        Set<String> ends = Set.of("FAILED", "REJECTED", "ROLLED_BACK");
        long end = System.nanoTime() + PATIENCE_NANOS;
        Map<String, Object> now = client.get("/evolution/proposals/" + id);
        while (!status.equals(now.get("status"))) {
            if (ends.contains(String.valueOf(now.get("status"))) || System.nanoTime() > end) {
                throw new IOException("not " + status + ": " + now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            now = client.get("/evolution/proposals/" + id);
        }
        return now;
    }

    private interface State {
        boolean now();
    }

    private static void await(String what, State state) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!state.now()) {
            if (System.nanoTime() > end) {
                throw new IOException("still not: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Two callers of one node who remember what they heard last, and when the call to it began. */
    private static final class Watch implements AutoCloseable {

        private static final int CALLERS = 2;

        private final Client client;
        private final List<Thread> threads = new ArrayList<>();
        private final Map<String, Long> started = new ConcurrentHashMap<>();
        private final Map<String, Long> answered = new ConcurrentHashMap<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile String now = "";
        private volatile boolean stopped;

        Watch(Client client) {
            this.client = client;
            for (int i = 0; i < CALLERS; i++) {
                Thread thread = new Thread(this::run, "watch");
                threads.add(thread);
                thread.start();
            }
        }

        private void run() {
            while (!stopped) {
                try {
                    long start = System.nanoTime();
                    Map<String, Object> answer =
                            client.post("/agents/echo/tasks", Map.of("task", "hello", "input", Map.of()));
                    calls.incrementAndGet();
                    if (answer.get("data") instanceof Map<?, ?> data && "DONE".equals(answer.get("outcome"))) {
                        String prefix = String.valueOf(data.get("text")).replaceAll("hello$", "");
                        started.merge(prefix, start, Math::max);
                        answered.merge(prefix, System.nanoTime(), Math::max);
                        now = prefix;
                    } else {
                        failures.add(answer.toString());
                    }
                } catch (IOException | RuntimeException e) {
                    failures.add(e.toString());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** What the last answer began with. */
        String now() {
            return now;
        }

        /** When the last call was sent that was answered so: a little before its node chose the version. */
        long started(String prefix) {
            return started.getOrDefault(prefix, 0L);
        }

        /** When its answer was there: a little after. */
        long answered(String prefix) {
            return answered.getOrDefault(prefix, 0L);
        }

        List<String> failures() {
            return failures;
        }

        int calls() {
            return calls.get();
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
