/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.agents.Rehearsals;
import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.replay.Recording;
import ai.king.engine.evolution.replay.Replay;
import ai.king.evolution.Finding;
import ai.king.evolution.Jail;
import ai.king.evolution.Release.Item;
import ai.king.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which recorded work a proposal is tried on: the latest of each agent that it changes. */
final class Replays {

    private final Store store;
    private final Supplier<@Nullable Rehearsals> rehearsals;
    private final int steps;
    private final Duration time;

    /**
     * @param steps of each agent at most
     * @param time for all agents of a proposal
     */
    Replays(Store store, Supplier<@Nullable Rehearsals> rehearsals, int steps, Duration time) {
        this.store = store;
        this.rehearsals = rehearsals;
        this.steps = steps;
        this.time = time;
    }

    /** A place where the bytes of a digest lie. */
    @FunctionalInterface
    interface Files {
        Path file(String digest) throws IOException;
    }

    List<Finding> of(List<Item> before, List<Item> after, Files files, @Nullable Jail jail) {
        List<Item> agents = Change.difference(after, before).stream()
                .filter(item -> item.type().equals("Agent"))
                .toList();
        long end = System.nanoTime() + time.toNanos();
        List<Finding> findings = new ArrayList<>();
        for (Item item : agents) {
            long start = System.nanoTime();
            Duration left = Duration.ofNanos(Math.max(0, end - start)).dividedBy(agents.size() - findings.size());
            Answer answer;
            try {
                answer = of(before, item, files, jail, left);
            } catch (IOException | RuntimeException e) {
                answer = Answer.notAssessed(item.name() + ": its recorded work cannot be tried: " + e.getMessage());
            }
            findings.add(Admission.finding("replay", answer, start));
        }
        if (findings.isEmpty()) {
            Answer none = Answer.notAssessed("it changes no agent: recorded work is tried on agents only");
            findings.add(Admission.finding("replay", none, System.nanoTime()));
        }
        return findings;
    }

    private Answer of(List<Item> before, Item item, Files files, @Nullable Jail jail, Duration left)
            throws IOException {
        Optional<Item> old = before.stream()
                .filter(one -> Generations.key(one).equals(Generations.key(item)))
                .findFirst();
        if (old.isEmpty()) {
            return Answer.notAssessed(item.name() + " is new: there is no work of it yet");
        }
        if (steps <= 0) {
            return Answer.notAssessed(item.name() + ": the option replaySteps of " + Evidence.PID + " asks for none");
        }
        Rehearsals there = rehearsals.get();
        if (there == null || jail == null || jail.tier().equals("NONE")) {
            return Answer.notAssessed(item.name() + ": this node has no " + (there == null ? "agents" : "jail")
                    + " to try recorded work with");
        }
        List<Recording> recordings = store.read(reader -> Recording.latest(reader, item.name(), steps));
        if (recordings.isEmpty()) {
            return Answer.notAssessed(item.name() + " has ended no step yet that could be tried again");
        }
        return new Replay(there, jail, left).of(recordings, version(old.get(), files), version(item, files));
    }

    private static Replay.Version version(Item item, Files files) throws IOException {
        Path file = files.file(item.bundle());
        return new Replay.Version(file, item.values(), item.name(), actions(file, item));
    }

    /** What the agent says it can do, without what it says about it. */
    private static List<String> actions(Path file, Item item) {
        try {
            Object capabilities = PlugJar.read(file)
                    .component(item.plug())
                    .map(plug -> plug.properties().getOrDefault("king.agent.capabilities", List.of()))
                    .orElse(List.of());
            List<?> lines = capabilities instanceof List<?> several ? several : List.of(capabilities);
            return lines.stream()
                    .map(line -> String.valueOf(line).split(":", 2)[0].strip())
                    .toList();
        } catch (PlugJar.NotABundle e) {
            // It was one when it was checked; without its actions there are fewer variants.
            return List.of();
        }
    }
}
