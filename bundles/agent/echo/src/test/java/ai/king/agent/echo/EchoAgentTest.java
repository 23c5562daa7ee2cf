/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.echo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoAgentTest {

    private static Task task(String action, Map<String, Object> input) {
        return new Task("s-1", action, "hello", input, Map.of(), List.of());
    }

    private static Outcome perform(Map<String, Object> config, Task task) {
        return new EchoAgent(Configs.of(EchoAgent.Config.class, config)).perform(task, new FakeContext());
    }

    @Test
    void putsTheConfiguredPrefixBeforeTheGoal() {
        assertThat(perform(Map.of("prefix", "> "), task("echo", Map.of())))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.data()).containsEntry("text", "> hello"));
    }

    @Test
    void declinesToWaitWithoutANumberOfSeconds() {
        assertThat(perform(Map.of(), task("wait", Map.of()))).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void failsWhenAskedToWaitTooLong() {
        assertThat(perform(Map.of("max.wait", 1), task("wait", Map.of("seconds", 2))))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void repeatsAfterTheWait() {
        assertThat(perform(Map.of(), task("wait", Map.of("seconds", 0.01)))).isInstanceOf(Outcome.Done.class);
    }
}
