/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Table table = new Table();

    @Test
    void servesNothingThatNoReleaseDirects() {
        add("a");
        assertThatThrownBy(this::lease).isInstanceOf(NoSuchPlug.class);
        assertThat(table.names(Agent.class)).isEmpty();
    }

    @Test
    void servesWhatThePlatformRegistersWithoutADirection() {
        table.add(Family.AGENT, instance("platform", "echo", true));
        assertThat(generation("g")).isEqualTo("platform");
        assertThat(table.names(Agent.class)).containsExactly("echo");
    }

    @Test
    void keepsTheOldGenerationUntilTheDirectedOneAppears() {
        add("a");
        direct("a");
        direct("b");
        assertThat(generation("g")).isEqualTo("a");
        add("b");
        assertThat(generation("g")).isEqualTo("b");
        assertThat(states()).containsExactly(Route.State.ACTIVE, Route.State.STANDBY);
    }

    @Test
    void takesANameOutOfService() {
        add("a");
        direct("a");
        table.direct("Agent", "echo", null, Optional.empty());
        assertThatThrownBy(this::lease).isInstanceOf(NoSuchPlug.class);
    }

    @Test
    void pinnedCallsGoWhereTheirEffectWasMade() {
        add("a");
        add("b");
        direct("b");
        try (Lease<Agent> lease =
                table.lease(Agent.class, "echo", RouteKey.of("g").pin("a"))) {
            assertThat(lease.generation().id()).isEqualTo("a");
        }
        assertThatThrownBy(
                        () -> table.lease(Agent.class, "echo", RouteKey.of("g").pin("gone")))
                .isInstanceOf(NoSuchPlug.class)
                .hasMessageContaining("gone");
    }

    @Test
    void givesTheTrialItsShareOfTheGoalsAndAlwaysTheSameOnes() {
        add("a");
        add("b");
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-1", 10)));
        Set<String> first = onTrial();
        assertThat(first.size()).isBetween(900, 1_100);
        assertThat(onTrial()).isEqualTo(first);
        assertThat(table.of("Agent", "echo").get(1).buckets()).isBetween(900, 1_000);
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-2", 10)));
        Set<String> other = onTrial();
        other.retainAll(first);
        assertThat(other.size()).isLessThan(200);
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-2", 0)));
        assertThat(onTrial()).isEmpty();
    }

    @Test
    void theFiguresOfATrialAreThoseOfItsTimeAlone() {
        add("a");
        direct("a");
        for (int i = 0; i < 50; i++) {
            try (Lease<Agent> lease = lease()) {
                lease.failed();
            }
        }
        assertThat(table.onTrial("Agent", "echo")).isEmpty();
        Lease<Agent> before = lease();
        add("b");
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-1", 0)));
        assertThat(table.onTrial("Agent", "echo")).isEmpty();
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-1", 10)));
        before.close();
        Set<String> tried = onTrial();
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-1", 50)));
        List<Route> figures = table.onTrial("Agent", "echo");
        assertThat(figures)
                .extracting(route -> route.generation().id(), Route::calls, Route::errors)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", 10_000L - tried.size(), 0L),
                        org.assertj.core.groups.Tuple.tuple("b", (long) tried.size(), 0L));
        assertThat(table.of("Agent", "echo").get(0).errors()).isEqualTo(50);
        table.direct("Agent", "echo", "a", Optional.empty());
        assertThat(table.onTrial("Agent", "echo")).isEmpty();
        table.direct("Agent", "echo", "a", Optional.of(new Trial("b", "proposal-2", 10)));
        assertThat(table.onTrial("Agent", "echo")).extracting(Route::calls).containsOnly(0L);
    }

    @Test
    void countsCallsErrorsAndDurations() {
        add("a");
        direct("a");
        for (int i = 0; i < 100; i++) {
            Lease<Agent> lease = lease();
            if (i % 10 == 0) {
                lease.failed();
            }
            lease.close();
            lease.close();
        }
        Route route = table.of("Agent", "echo").get(0);
        assertThat(route.calls()).isEqualTo(100);
        assertThat(route.errors()).isEqualTo(10);
        assertThat(route.inFlight()).isZero();
        assertThat(route.p50Millis()).isLessThanOrEqualTo(route.p99Millis());
    }

    @Test
    void quantilesAreRightToSixPercent() {
        Durations durations = new Durations();
        for (int millis = 1; millis <= 1_000; millis++) {
            durations.add(millis * 1_000_000L);
        }
        assertThat(durations.quantileMillis(0.5)).isBetween(470.0, 535.0);
        assertThat(durations.quantileMillis(0.95)).isBetween(890.0, 1_015.0);
        assertThat(new Durations().quantileMillis(0.5)).isZero();
    }

    @Test
    void aReturnedLeaseGivesNothingAnyMore() {
        add("a");
        direct("a");
        Lease<Agent> lease = lease();
        assertThat(lease.plug()).isNotNull();
        lease.close();
        assertThatThrownBy(lease::plug).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoeverUnregistersWaitsForTheCallsUnderWay() throws Exception {
        Instance a = add("a");
        direct("a");
        Lease<Agent> lease = lease();
        AtomicBoolean left = new AtomicBoolean();
        Thread leaving = new Thread(() -> {
            table.remove(Family.AGENT, a, LONG);
            left.set(true);
        });
        leaving.start();
        while (table.names(Agent.class).contains("echo")) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(this::lease).isInstanceOf(NoSuchPlug.class);
        assertThat(left).isFalse();
        assertThat(lease.plug()).isNotNull();
        lease.close();
        leaving.join(LONG.toMillis());
        assertThat(left).isTrue();
    }

    @Test
    void nobodyWaitsLongerThanTheBound() {
        Instance a = add("a");
        direct("a");
        Lease<Agent> lease = lease();
        assertThat(table.drained("Agent", "echo", "a", Duration.ofMillis(5))).isFalse();
        table.remove(Family.AGENT, a, Duration.ofMillis(5));
        lease.close();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void losesNoLeaseWhileGenerationsAreSwapped() throws Exception {
        Instance current = add("0");
        direct("0");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int caller = i;
            ends.add(callers.submit(() -> {
                while (!stop.get()) {
                    try (Lease<Agent> lease = table.lease(Agent.class, "echo", RouteKey.of("g" + caller))) {
                        ((Probe) lease.plug()).use();
                    }
                    calls.incrementAndGet();
                }
            }));
        }
        for (int swap = 1; swap <= 500; swap++) {
            Instance next = add(Integer.toString(swap));
            direct(Integer.toString(swap));
            table.remove(Family.AGENT, current, LONG);
            ((Probe) current.plug()).gone();
            current = next;
        }
        stop.set(true);
        for (Future<?> end : ends) {
            end.get(20, TimeUnit.SECONDS);
        }
        callers.shutdown();
        assertThat(calls.get()).isPositive();
    }

    @Test
    void tellsListenersOnce() throws Exception {
        AtomicInteger told = new AtomicInteger();
        AutoCloseable listening = table.onChange(told::incrementAndGet);
        add("a");
        direct("a");
        direct("a");
        assertThat(told).hasValue(2);
        listening.close();
        direct("b");
        assertThat(told).hasValue(2);
    }

    @Test
    void manyThreadsLeaseAtOnce() throws Exception {
        add("a");
        direct("a");
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ends.add(callers.submit(() -> {
                go.await();
                for (int call = 0; call < 10_000; call++) {
                    lease().close();
                }
                return null;
            }));
        }
        go.countDown();
        for (Future<?> end : ends) {
            end.get(20, TimeUnit.SECONDS);
        }
        callers.shutdown();
        Route route = table.of("Agent", "echo").get(0);
        assertThat(route.calls()).isEqualTo(160_000);
        assertThat(route.inFlight()).isZero();
    }

    private Set<String> onTrial() {
        Set<String> goals = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            if (generation("goal-" + i).equals("b")) {
                goals.add("goal-" + i);
            }
        }
        return goals;
    }

    private String generation(String goal) {
        try (Lease<Agent> lease = table.lease(Agent.class, "echo", RouteKey.of(goal))) {
            return lease.generation().id();
        }
    }

    private List<Route.State> states() {
        return table.of("Agent", "echo").stream().map(Route::state).toList();
    }

    private Lease<Agent> lease() {
        return table.lease(Agent.class, "echo", RouteKey.of("g"));
    }

    private void direct(String generation) {
        table.direct("Agent", "echo", generation, Optional.empty());
    }

    private Instance add(String generation) {
        Instance instance = instance(generation, "echo", false);
        table.add(Family.AGENT, instance);
        return instance;
    }

    private static Instance instance(String id, String name, boolean platform) {
        return new Instance(new Generation(id, "Agent", name, "x", "1.0.0", 1, Map.of()), new Probe(), platform);
    }

    /** Fails when it is used after it was gone. */
    private static final class Probe implements Agent {

        private final AtomicBoolean gone = new AtomicBoolean();

        void use() {
            if (gone.get()) {
                throw new AssertionError("used after it was gone");
            }
        }

        void gone() {
            gone.set(true);
        }

        @Override
        public Outcome perform(ai.king.agent.Task task, ai.king.agent.AgentContext context) {
            return new Outcome.Done(Map.of(), Report.none());
        }
    }
}
