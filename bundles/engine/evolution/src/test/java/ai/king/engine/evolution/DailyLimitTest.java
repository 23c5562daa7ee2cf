/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.TestDatabase;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The AI proposes at most once a UTC day of the database, whatever happens around it. */
class DailyLimitTest {

    private static final long SEED = Long.getLong("king.seed", 20261122L);
    private static final int SEQUENCES = Integer.getInteger("king.sequences", 500);
    private static final int STEPS = 6;
    private static final Instant FIRST = Instant.parse("2030-01-01T12:00:00Z");

    /** Between two sequences, so that none touches the days of another. */
    private static final Duration APART = Duration.ofDays(20);

    private static final int FARTHEST_HOURS = 8 * 24;

    /** On each database; both together are the thousand. */
    @ParameterizedTest
    @EnumSource
    void neverTwoInOneUtcDayWhateverRestartsRacesOrClocksDo(TestDatabase.Kind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (TestDatabase database = kind.open()) {
            database.store().write(Actor.system("test"), tx -> {
                tx.record("test.begin", "pointer", Map.of());
                return tx.insert(new Pointer(Releases.POINTER, 1, null, null, 0, 0));
            });
            int taken = 0;
            for (int i = 0; i < SEQUENCES; i++) {
                Sequence sequence = new Sequence(database, threads, i);
                sequence.run();
                taken += sequence.taken.size();
            }
            List<Proposal> all = database.store().read(reader -> reader.list(Query.of(Proposal.class)));
            Set<LocalDate> days = new HashSet<>();
            all.forEach(one -> assertThat(days.add(LocalDate.ofInstant(one.createdAt(), ZoneOffset.UTC)))
                    .as("seed " + SEED + ", second of its day: " + one)
                    .isTrue());
            assertThat(all).hasSize(taken).hasSizeGreaterThanOrEqualTo(SEQUENCES);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What happens on two nodes of one database, by chance. */
    private static final class Sequence {

        private final Random chance;
        private final TestDatabase database;
        private final ExecutorService threads;
        private final String name;
        private final Instant begin;
        private final Intake[] nodes = new Intake[2];
        private final Set<String> taken = new HashSet<>();
        private volatile Duration moved = Duration.ZERO;
        private String last;
        private int keys;

        Sequence(TestDatabase database, ExecutorService threads, int no) {
            this.database = database;
            this.threads = threads;
            chance = new Random(SEED + no);
            name = "sequence-" + no;
            begin = FIRST.plus(APART.multipliedBy(no));
            restart(0);
            restart(1);
            last = fresh();
        }

        void run() throws Exception {
            propose(0, last);
            assertThat(taken).as("the first of a day is taken").hasSize(1);
            for (int i = 0; i < STEPS; i++) {
                int node = chance.nextInt(2);
                switch (chance.nextInt(6)) {
                    case 0 -> propose(node, fresh());
                    case 1 -> propose(node, last);
                    case 2 -> restart(node);
                    case 3 -> race();
                    default -> moved = Duration.ofMinutes(60L * chance.nextInt(-FARTHEST_HOURS, FARTHEST_HOURS + 1))
                            .plusMinutes(chance.nextInt(60));
                }
            }
        }

        private String fresh() {
            return name + ":" + keys++;
        }

        /** All that a node remembers is gone with it. */
        private void restart(int node) {
            nodes[node] = new Intake(clocked(database.store()), database.payloads());
        }

        private void race() throws InterruptedException, ExecutionException {
            List<Callable<Void>> racing = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int node = i % 2;
                String key = chance.nextInt(3) == 0 ? last : fresh();
                racing.add(() -> {
                    propose(node, key);
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(racing)) {
                one.get();
            }
        }

        private void propose(int node, String key) {
            try {
                Proposal proposal = nodes[node].takeFromAi(
                        key,
                        new NewProposal(
                                Kind.SOURCE,
                                key,
                                "",
                                Map.of(
                                        "plug",
                                        "acme.guest",
                                        "files",
                                        Map.of("src/main/java/acme/guest/A.java", "// " + key)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
                synchronized (taken) {
                    taken.add(proposal.id());
                    last = key;
                }
            } catch (IllegalStateException refused) {
                assertThat(refused).hasMessageContaining("its one proposal of this day (UTC)");
            }
        }

        /** A store whose database has another time: forth and back, for both nodes. */
        private Store clocked(Store store) {
            return proxy(Store.class, store, (method, arguments) -> {
                if (!method.equals("write")) {
                    return null;
                }
                @SuppressWarnings("unchecked")
                Function<Tx, Object> work = (Function<Tx, Object>) arguments[1];
                return store.write(
                        (Actor) arguments[0],
                        tx -> work.apply(
                                proxy(Tx.class, tx, (name, given) -> name.equals("now") ? begin.plus(moved) : null)));
            });
        }
    }

    private interface Instead {
        Object of(String method, Object[] arguments);
    }

    /** The same but for what is done instead. */
    private static <T> T proxy(Class<T> type, T real, Instead instead) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object other = instead.of(method.getName(), arguments);
                    if (other != null) {
                        return other;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
