/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What every agent keeps; a plug's test extends it and says how its agent is made. */
public abstract class AgentContract {

    private static final int CALLERS = 8;

    /** A new agent with its default configuration. */
    protected abstract Agent agent();

    /** A task this agent can work on; the default asks for nothing in particular. */
    protected Task task() {
        return new Task("step-1", "", "Say what you can do", Map.of(), Map.of(), List.of());
    }

    /** A context for one call of {@link #task()}. */
    protected FakeContext context() {
        return new FakeContext();
    }

    @Test
    void answersWithAnOutcome() {
        assertThat(agent().perform(task(), context())).isNotNull();
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        assertThat(ApiTypes.foreign(agent().perform(task(), context()))).isEmpty();
    }

    @Test
    void answersTheSameForTheSameTask() {
        Agent agent = agent();
        assertThat(agent.perform(task(), context())).isEqualTo(agent.perform(task(), context()));
    }

    @Test
    void servesConcurrentCalls() throws InterruptedException, ExecutionException, TimeoutException {
        Agent agent = agent();
        Outcome alone = agent.perform(task(), context());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Outcome>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS * 4; i++) {
                calls.add(callers.submit(() -> agent.perform(task(), context())));
            }
            for (Future<Outcome> call : calls) {
                assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(alone);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void endsSoonAfterAnInterrupt() throws InterruptedException {
        Agent agent = agent();
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            agent.perform(task(), context());
        });
        caller.setDaemon(true);
        caller.start();
        caller.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(caller.isAlive())
                .as("still working 20 s after the interrupt")
                .isFalse();
    }

    @Test
    void leavesNoThreadBehind() {
        Strays strays = new Strays();
        agent().perform(task(), context());
        assertThat(strays.left()).isEmpty();
    }

    @Test
    void refusesAnUnknownActionWithAValue() {
        Task odd = new Task("step-2", "no_such_action", "Do something odd", Map.of(), Map.of(), List.of());
        assertThat(agent().perform(odd, context())).isNotNull();
    }
}
