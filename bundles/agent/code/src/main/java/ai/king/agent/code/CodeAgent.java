/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Writes agents as Java source and changes them: from a specification by rules, else with a model whose answer is checked. */
@Component(configurationPid = "ai.king.agent.code", configurationPolicy = REQUIRE)
@Designate(ocd = CodeAgent.Config.class, factory = true)
@AgentName("code")
@AgentProfile(
        description = "Writes and changes the source of agents; what it wrote runs only after checks and an approval",
        risk = "MEDIUM",
        tools = "evolution.propose",
        capabilities = {
            "create: writes an agent as Java source that works a metric out, from a specification or its name",
            "modify: changes an agent's source to a changed specification or wish",
            "optimize: finds what in an agent's source costs time, and rewrites it with a model",
            "refactor: finds what in an agent's source is hard to read, and rewrites it with a model",
            "document: writes the README of an agent from its source",
            "test: writes the contract test of an agent, and tests of figures where it has a specification"
        })
public final class CodeAgent implements Agent {

    @ObjectClassDefinition(name = "Code agent", description = "Source of agents")
    @interface Config {
        @AttributeDefinition(description = "Whether a model may write Java; without, it writes specifications only")
        boolean model_writes() default true;
    }

    private final boolean modelWrites;
    private final Known known = new Known();

    @Activate
    public CodeAgent(Config config) {
        modelWrites = config.model_writes();
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Optional<Deed> deed =
                task.action().isEmpty() ? Optional.of(Deed.askedBy(task.goal())) : Deed.named(task.action());
        if (deed.isEmpty()) {
            return new Outcome.Failed("code has no action " + task.action(), false);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Outcome.Failed("interrupted before anything was written", true);
        }
        Workbench bench = new Workbench(task, context, known, modelWrites);
        try {
            return switch (deed.get()) {
                case CREATE -> bench.create();
                case MODIFY -> bench.modify();
                case OPTIMIZE -> bench.improve("optimize", Review::slow);
                case REFACTOR -> bench.improve("refactor", Review::unclear);
                case DOCUMENT -> bench.document();
                case TEST -> bench.test();
            };
        } catch (Unclear e) {
            return new Outcome.Declined(List.of(e.missing()));
        }
    }

    /** What it can do. */
    private enum Deed {
        MODIFY("modify", "change the agent", "change the source"),
        OPTIMIZE("optimize", "optimise", "faster"),
        REFACTOR("refactor", "readable", "clean up"),
        DOCUMENT("document", "readme"),
        TEST("write tests", "test the agent"),
        CREATE;

        private final List<String> words;

        Deed(String... words) {
            this.words = List.of(words);
        }

        static Optional<Deed> named(String action) {
            return Arrays.stream(values())
                    .filter(deed -> deed.name().toLowerCase(Locale.ROOT).equals(action))
                    .findFirst();
        }

        /** What a goal asks for; a new agent where it says nothing else. */
        static Deed askedBy(String goal) {
            String text = goal.toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(deed -> deed.words.stream().anyMatch(text::contains))
                    .findFirst()
                    .orElse(CREATE);
        }
    }
}
