/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.echo;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Repeats the goal it is given, at once or after a while: the smallest agent there is. */
@Component(configurationPid = "ai.king.agent.echo", configurationPolicy = REQUIRE)
@Designate(ocd = EchoAgent.Config.class, factory = true)
@AgentName("echo")
@AgentProfile(
        description = "Repeats what it is given; for trying out tasks and swaps",
        capabilities = {
            "echo: repeats the goal with the configured prefix",
            "wait: repeats the goal after the number of seconds in the input"
        })
public final class EchoAgent implements Agent {

    @ObjectClassDefinition(name = "Echo agent", description = "Repeats the goal it is given")
    @interface Config {
        @AttributeDefinition(description = "Text put before the goal")
        String prefix() default "echo: ";

        @AttributeDefinition(description = "Longest wait the action wait accepts, in seconds")
        int max_wait() default 600;
    }

    private final String prefix;
    private final int maxWait;

    @Activate
    public EchoAgent(Config config) {
        prefix = config.prefix();
        maxWait = config.max_wait();
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        return switch (task.action()) {
            case "", "echo" -> repeat(task);
            case "wait" -> afterAWhile(task);
            default -> new Outcome.Failed("echo has no action " + task.action(), false);
        };
    }

    private Outcome repeat(Task task) {
        String text = prefix + task.goal();
        Report report = new Report(List.of(new Report.Section("Echo", List.of(new Report.Text(text, List.of())))));
        return new Outcome.Done(Map.of("text", text), report);
    }

    private Outcome afterAWhile(Task task) {
        if (!(task.input().get("seconds") instanceof Number number)) {
            return new Outcome.Declined(List.of("input seconds: a number from 0 to " + maxWait));
        }
        double seconds = number.doubleValue();
        if (!(seconds >= 0 && seconds <= maxWait)) {
            return new Outcome.Failed("seconds must lie between 0 and " + maxWait, false);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted while waiting", true);
        }
        return repeat(task);
    }
}
