/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Actor;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What a stored step costs beside a bare insert on the same PostgreSQL in the same run; rounds are interleaved. Run its
 * {@code main} with the module's test class path.
 */
final class StoredWriteBench {

    private static final int WARM = 3000;
    private static final int ROUNDS = 20;
    private static final int EACH = 200;
    private static final Actor WORK = Actor.system("work");

    private final TestDatabase database;
    private final JpaStore store;
    private final Samples samples = new Samples(1);
    private Goal goal;
    private Step step;

    private StoredWriteBench(TestDatabase database) {
        this.database = database;
        this.store = database.store;
        goal = Samples.with(samples.of(Goal.class), Map.of("id", store.newId()));
        step = Samples.with(samples.of(Step.class), Map.of("id", store.newId(), "goalId", goal.id()));
        store.write(WORK, tx -> {
            tx.insert(goal);
            tx.record("goal.submitted", goal.id(), Map.of());
            return tx.insert(step);
        });
    }

    public static void main(String[] arguments) throws Exception {
        TestDatabase.Kind[] kinds = arguments.length == 0
                ? TestDatabase.Kind.values()
                : new TestDatabase.Kind[] {TestDatabase.Kind.valueOf(arguments[0])};
        for (TestDatabase.Kind kind : kinds) {
            try (TestDatabase database = kind.open()) {
                Sealer sealer = database.sealer();
                new StoredWriteBench(database).run(kind);
                sealer.close();
            }
        }
        System.exit(0);
    }

    private void run(TestDatabase.Kind kind) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("create table bare (id varchar(36) primary key, data varchar(1000))");
            }
            PreparedStatement insert = connection.prepareStatement("insert into bare (id, data) values (?, ?)");
            Callable<?> bare = () -> bare(insert);
            long[][] times = new long[4][ROUNDS * EACH];
            IntStream.range(0, WARM).forEach(i -> unchecked(bare));
            IntStream.range(0, WARM / 2).forEach(i -> unchecked(this::stepWithEffect));
            IntStream.range(0, WARM / 2).forEach(i -> unchecked(this::read));
            for (int round = 0; round < ROUNDS; round++) {
                measure(bare, times[0], round);
                measure(this::entryOnly, times[1], round);
                measure(this::stepWithEffect, times[2], round);
                measure(this::read, times[3], round);
            }
            report(kind + " bare insert", times[0], times[0]);
            report(kind + " write with a ledger entry", times[1], times[0]);
            report(kind + " step with an effect, 4 writes", times[2], times[0]);
            report(kind + " read of one row", times[3], times[0]);
        }
    }

    private static void measure(Callable<?> work, long[] into, int round) throws Exception {
        for (int i = 0; i < EACH; i++) {
            long from = System.nanoTime();
            work.call();
            into[round * EACH + i] = System.nanoTime() - from;
        }
    }

    private static void report(String name, long[] times, long[] bare) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        long[] base = bare.clone();
        Arrays.sort(base);
        System.out.printf(
                "%-45s p50 %6d us (%.1f inserts)  p99 %6d us (%.1f inserts)%n",
                name,
                sorted[sorted.length / 2] / 1000,
                (double) sorted[sorted.length / 2] / base[base.length / 2],
                sorted[sorted.length * 99 / 100] / 1000,
                (double) sorted[sorted.length * 99 / 100] / base[base.length * 99 / 100]);
    }

    private Object bare(PreparedStatement insert) throws SQLException {
        insert.setString(1, store.newId());
        insert.setString(2, "{\"business\":\"b\",\"digest\":\"0123456789abcdef0123456789abcdef\"}");
        return insert.executeUpdate();
    }

    private Object entryOnly() {
        return store.write(WORK, tx -> {
            tx.record("test.done", goal.id(), Map.of("step", step.id()));
            return true;
        });
    }

    private Object read() {
        return store.read(r -> r.find(Step.class, step.id()));
    }

    /** Claim, intent, result, end. */
    private Object stepWithEffect() {
        goal = store.write(WORK, tx -> {
            tx.record("step.claimed", step.id(), Map.of("fence", goal.fence() + 1));
            return tx.update(Samples.with(goal, Map.of("fence", goal.fence() + 1)));
        });
        Call call = store.write(WORK, tx -> {
            tx.record("call.intended", step.id(), Map.of("tool", "t"));
            return tx.insert(call(tx.now()));
        });
        store.write(WORK, tx -> {
            tx.record("call.done", step.id(), Map.of("tool", "t"));
            return tx.update(Samples.with(call, Map.of("state", Call.State.DONE, "result", Map.of("ok", true))));
        });
        step = store.write(WORK, tx -> {
            tx.record("step.completed", step.id(), Map.of());
            tx.enqueue("step.completed", Map.of("goalId", goal.id()), "global", "goal:" + goal.id());
            return tx.update(Samples.with(step, Map.of("status", Step.Status.COMPLETED)));
        });
        return step;
    }

    private Call call(java.time.Instant now) {
        String id = store.newId();
        return new Call(
                id,
                goal.id(),
                step.id(),
                id,
                1,
                id,
                "t",
                true,
                Map.of("sku", "A", "amount", 12),
                Call.State.INTENDED,
                null,
                "g",
                1,
                now,
                null,
                0);
    }

    private static void unchecked(Callable<?> work) {
        try {
            work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
