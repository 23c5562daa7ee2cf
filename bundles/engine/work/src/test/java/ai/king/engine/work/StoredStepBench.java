/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.brain.Plan;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.OpenDatabase;
import ai.king.gate.Approval;
import ai.king.gate.Vote;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Goals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** What a stored step costs beside a bare insert of the same PostgreSQL in the same run; a program, not a test. */
public final class StoredStepBench {

    private static final int CHAIN = 150;
    private static final int GOALS = Integer.getInteger("goals", 12);
    private static final int VOTES = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StoredStepBench() {}

    public static void main(String[] args) throws Exception {
        // The embedded server comes with fsync off; a commit that may be lost is not what is compared here.
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
                OpenDatabase database = new OpenDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres")) {
            Limits limits = Limits.standard();
            Workshop shop = new Workshop(database.store(), database.dataSource(), "bench", limits);
            List<Long> starts = new ArrayList<>();
            AtomicLong resumed = new AtomicLong();
            shop.tool("bench.change", Effect.WRITE, call -> ToolResult.ok(Map.of("ok", true)))
                    .tool("bench.read", Effect.READ, call -> ToolResult.ok(Map.of("ok", true)))
                    .tool("bench.sign", Effect.LEGAL, call -> {
                        resumed.set(System.nanoTime());
                        return ToolResult.ok(Map.of("ok", true));
                    })
                    .agent("worker", (task, context) -> {
                        starts.add(System.nanoTime());
                        context.call(
                                "bench." + task.goal().split(" ")[0],
                                Map.of("n", task.input().get("step")));
                        return new Outcome.Done(Map.of(), Report.none());
                    })
                    .planner((situation, mind) -> java.util.Optional.of(chain(situation.goal())))
                    .start();
            // Both sides in turn, so that what else the machine does hits both alike.
            insert(database.dataSource(), 3000);
            for (String kind : List.of("change", "read")) {
                steps(shop, starts, kind, 4);
                List<Long> inserts = new ArrayList<>();
                List<Long> nanos = new ArrayList<>();
                for (int g = 0; g < GOALS; g++) {
                    inserts.addAll(insert(database.dataSource(), CHAIN));
                    nanos.addAll(steps(shop, starts, kind, 1));
                }
                print("bare insert", inserts, inserts);
                print("stored step, " + kind, nanos, inserts);
            }
            List<Long> inserts = insert(database.dataSource(), 1000);
            print("bare insert", inserts, inserts);
            votes(shop, resumed, inserts);
            shop.close();
        }
        System.exit(0);
    }

    private static Plan chain(String goal) {
        int length = goal.startsWith("sign") ? 1 : CHAIN;
        List<Plan.Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new Plan.Step(
                    "s" + i, "worker", "do", Map.of("step", i), i == 0 ? List.of() : List.of("s" + (i - 1)), 1, "LOW"));
        }
        return new Plan(steps, "");
    }

    private static List<Long> insert(DataSource source, int times) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            try (PreparedStatement create = connection.prepareStatement(
                    "create table if not exists bare (id varchar(36) primary key, text varchar(400))")) {
                create.execute();
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into bare values (?, ?)")) {
                for (int i = 0; i < times; i++) {
                    insert.setString(1, UUID.randomUUID().toString());
                    insert.setString(2, "x".repeat(200));
                    long start = System.nanoTime();
                    insert.executeUpdate();
                    nanos.add(System.nanoTime() - start);
                }
            }
        }
        return nanos;
    }

    private static List<Long> steps(Workshop shop, List<Long> starts, String kind, int goals) {
        List<Long> nanos = new ArrayList<>();
        for (int g = 0; g < goals; g++) {
            starts.clear();
            Goal goal = shop.goals().await(shop.submit(kind + " " + g).id(), PATIENCE);
            if (goal.status() != Goal.Status.COMPLETED) {
                throw new IllegalStateException(goal.toString());
            }
            for (int i = 1; i < starts.size(); i++) {
                nanos.add(starts.get(i) - starts.get(i - 1));
            }
        }
        return nanos;
    }

    private static void votes(Workshop shop, AtomicLong resumed, List<Long> inserts) {
        List<Long> votes = new ArrayList<>();
        List<Long> resumes = new ArrayList<>();
        for (int i = 0; i < VOTES; i++) {
            Goal goal = shop.await(
                    shop.goals().submit(Workshop.PAT, new Goals.NewGoal("sign " + i, null, null, List.of(), false)));
            Approval approval = shop.open().get(0);
            long first = System.nanoTime();
            shop.vote(TestGate.BEN, approval, Vote.Decision.APPROVE);
            long second = System.nanoTime();
            shop.vote(TestGate.CLEO, approval, Vote.Decision.APPROVE);
            long voted = System.nanoTime();
            shop.goals().await(goal.id(), PATIENCE);
            if (i >= VOTES / 2) {
                votes.add(second - first);
                votes.add(voted - second);
                resumes.add(resumed.get() - voted);
            }
        }
        print("vote", votes, inserts);
        print("vote to the effect of the resumed step", resumes, inserts);
    }

    private static void print(String what, List<Long> nanos, List<Long> inserts) {
        System.out.printf(
                Locale.ROOT,
                "%-40s p50 %8.3f ms  p99 %8.3f ms   in inserts: p50 %5.2f  p99 (of p99) %5.2f  p99 (of p50) %5.2f%n",
                what,
                at(nanos, .5) / 1e6,
                at(nanos, .99) / 1e6,
                at(nanos, .5) / (double) at(inserts, .5),
                at(nanos, .99) / (double) at(inserts, .99),
                at(nanos, .99) / (double) at(inserts, .5));
    }

    private static long at(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
