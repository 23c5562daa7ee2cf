/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.evolution.Jail.Resident;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HouseTest {

    @TempDir
    private static Path folder;

    private static Warden warden;
    private static Path bundle;

    private Resident resident;
    private Agent agent;

    @BeforeAll
    static void prepare() throws IOException {
        warden = Wardens.standard();
        assumeTrue(!warden.tier().equals("NONE"), () -> "no jail on this machine: " + warden.missing());
        bundle = Candidate.bundle(folder, SmallAgent.class, Map.of());
    }

    @AfterAll
    static void close() throws IOException {
        Leftovers.expectNoneAfter(warden::close);
    }

    @BeforeEach
    void house() {
        resident = warden.house(bundle, Map.of("greeting", "good day"), "test");
        agent = resident.agent();
    }

    @AfterEach
    void leave() {
        resident.close();
    }

    private static Task task(String action) {
        return new Task("step-1", action, "world", Map.of("n", 1), Map.of(), List.of());
    }

    @Test
    void performsWithItsConfiguration() {
        assertThat(agent.perform(task(""), new FakeContext()))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.data()).containsEntry("text", "good day world"));
    }

    @Test
    void everyQuestionReachesTheContextOfTheCall() {
        ToolSpec spec = ToolSpec.of("add", "adds", "{}", Effect.READ);
        FakeContext context = new FakeContext()
                .with(spec, arguments -> ToolResult.ok(Map.of("seen", arguments)))
                .with("other", task -> new Outcome.Declined(List.of("nothing for " + task.id())));
        Outcome outcome = agent.perform(task("ask"), context);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.data())
                .containsEntry("tools", List.of("add"))
                .containsEntry("tool", Map.of("seen", Map.of("a", 1, "b", List.of(2L, "x"))))
                .containsEntry("chat", false)
                .containsEntry("now", "2026-10-01T09:00:00Z")
                .containsEntry("random", 0.5)
                .containsEntry("delegated", "Declined[missing=[nothing for step-1]]")
                .containsEntry("recalled", 0)
                .containsEntry("vectors", false));
        assertThat(context.notes()).contains("noted", "remembered: remembered");
    }

    @Test
    void whatTheContextThrowsUnwindsTheCall() {
        final class Parked extends Error {
            private static final long serialVersionUID = 1L;
        }
        FakeContext context = new FakeContext().with(ToolSpec.of("add", "adds", "{}", Effect.READ), arguments -> {
            throw new Parked();
        });
        assertThatThrownBy(() -> agent.perform(task("ask"), context)).isInstanceOf(Parked.class);
        assertThat(agent.perform(task(""), new FakeContext())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aWrongArgumentIsAnIllegalArgumentOverThere() {
        FakeContext context = new FakeContext().with(new FakeBusiness());
        assertThat(agent.perform(task("wrong"), context)).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void anExceptionOfTheAgentIsAFailureWithItsText() {
        assertThat(agent.perform(task("throw"), new FakeContext()))
                .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException: a fault of the agent", false));
    }

    @Test
    void whatIsNoDataDoesNotCross() {
        assertThat(agent.perform(task("alien"), new FakeContext()))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                        .contains("cannot cross"));
    }

    @Test
    void whatIsNoDataDoesNotCrossFromHereEither() {
        Task odd = new Task("step-1", "", "", Map.of("x", new Object()), Map.of(), List.of());
        assertThat(agent.perform(odd, new FakeContext())).isInstanceOf(Outcome.Failed.class);
        FakeContext context = new FakeContext()
                .with(ToolSpec.of("add", "adds", "{}", Effect.READ), call -> ToolResult.ok(Map.of("x", new Object())));
        assertThat(agent.perform(task("ask"), context))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                        .contains("cannot cross"));
        assertThat(agent.perform(task(""), new FakeContext())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aDeathFailsItsCallAndTheNextOneIsServed() {
        assertThat(agent.perform(task("die"), new FakeContext()))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.retriable())
                        .isTrue());
        assertThat(agent.perform(task(""), new FakeContext())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anInterruptReachesTheAgent() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome> call = caller.submit(() -> {
                Thread.currentThread().setName("caller");
                return agent.perform(task("wait"), new NotingContext(waiting::countDown).context());
            });
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            caller.shutdownNow();
            assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Failed("interrupted", true));
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void anAgentThatIgnoresTheInterruptLosesItsHost() throws Exception {
        agent.perform(task(""), new FakeContext());
        Thread[] caller = new Thread[1];
        Outcome[] outcome = new Outcome[1];
        caller[0] = new Thread(() -> {
            Thread.currentThread().interrupt();
            outcome[0] = agent.perform(task("stubborn"), new FakeContext());
        });
        caller[0].start();
        caller[0].join(30_000);
        assertThat(outcome[0]).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.retriable())
                .isTrue());
        assertThat(agent.perform(task(""), new FakeContext())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void callsAtOnceAreToldApart() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Outcome>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Task task = new Task("step-" + i, "", "call " + i, Map.of(), Map.of(), List.of());
                calls.add(callers.submit(() -> agent.perform(task, new FakeContext())));
            }
            for (int i = 0; i < calls.size(); i++) {
                String text = "good day call " + i;
                assertThat(calls.get(i).get(60, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.data())
                                .containsEntry("text", text));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aClosedAgentFails() {
        resident.close();
        assertThat(agent.perform(task(""), new FakeContext())).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void anUnknownNameIsNotServed() {
        try (Resident nobody = warden.house(bundle, Map.of(), "nobody)(x=*")) {
            assertThat(nobody.agent().perform(task(""), new FakeContext())).isInstanceOf(Outcome.Failed.class);
        }
    }
}
