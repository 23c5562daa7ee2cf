/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.echo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import java.time.Duration;
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
    void failsForGoodWhenAskedToWaitTooLongOrForWhatItCannotDo() {
        assertThat(perform(Map.of("max.wait", 1), task("wait", Map.of("seconds", 2))))
                .isEqualTo(new Outcome.Failed("seconds must lie between 0 and 1", false));
        assertThat(perform(Map.of(), task("wait", Map.of("seconds", -1))))
                .isEqualTo(new Outcome.Failed("seconds must lie between 0 and 600", false));
        assertThat(perform(Map.of(), task("sing", Map.of())))
                .isEqualTo(new Outcome.Failed("echo has no action sing", false));
    }

    @Test
    void repeatsAfterTheWaitAndNotBefore() {
        long start = System.nanoTime();
        assertThat(perform(Map.of(), task("wait", Map.of("seconds", 0.05)))).isInstanceOf(Outcome.Done.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(45));
        assertThat(perform(Map.of("max.wait", 0), task("wait", Map.of("seconds", 0))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anInterruptEndsTheWaitWithWhatMayBeTriedAgain() {
        Thread.currentThread().interrupt();
        assertThat(perform(Map.of(), task("wait", Map.of("seconds", 600))))
                .isEqualTo(new Outcome.Failed("interrupted while waiting", true));
        assertThat(Thread.interrupted()).as("told on").isTrue();
    }

    @Test
    void theReportSaysTheSame() {
        Outcome.Done done = (Outcome.Done) perform(Map.of(), task("", Map.of()));
        assertThat(done.report().toString()).contains("echo: hello");
    }
}
