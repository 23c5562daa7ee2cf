/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agent.Report;
import ai.king.agents.Memories;
import ai.king.store.Event;
import ai.king.store.Outbox;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every goal of a business that ended leaves an entry of its outcome, which later goals of the business recall. */
final class Outcomes {

    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED");
    private static final int EVENTS = 200;
    private static final int LONGEST = 4_000;
    private static final String FOLLOWER = "outcomes";

    private final Store store;
    private final Places places;
    private final Outbox outbox;
    private final Memories memories;
    private long seen = -1;

    Outcomes(Store store, Places places, Outbox outbox, Memories memories) {
        this.store = store;
        this.places = places;
        this.outbox = outbox;
        this.memories = memories;
    }

    boolean behind() {
        try {
            return outbox.await(seen, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes down what ended since; what was written before a crash is not written again. */
    void take() {
        long position = places.get(FOLLOWER).orElse(0);
        List<Event> events = outbox.after(position, EVENTS);
        for (Event event : events) {
            if (event.type().startsWith("goal.")
                    && ENDED.contains(String.valueOf(event.data().get("status")))
                    && event.channels().stream().anyMatch(channel -> channel.startsWith("business:"))) {
                store.read(reader -> reader.find(
                                Goal.class, String.valueOf(event.data().get("goalId"))))
                        .filter(goal -> ENDED.contains(goal.status().name()) && !goal.dryRun())
                        .ifPresent(this::remember);
            }
            position = event.position();
        }
        if (!events.isEmpty()) {
            places.set(FOLLOWER, position);
        }
        seen = position;
    }

    private void remember(Goal goal) {
        String business = goal.businessId();
        if (business == null) {
            return;
        }
        List<Step> steps = store.read(reader ->
                reader.list(Query.of(Step.class).where("goalId", goal.id()).ascending("id")));
        memories.remember(
                Shelf.MEMORY,
                new Memories.NewEntry(
                        Memories.business(business),
                        "goal:" + goal.id() + ":" + goal.status() + ":" + goal.finishedAt(),
                        "memory",
                        text(goal, steps),
                        steps.stream().anyMatch(Step::marked),
                        Map.of(
                                "kind", "outcome",
                                "goal", goal.id(),
                                "status", goal.status().name())));
    }

    private static String text(Goal goal, List<Step> steps) {
        StringBuilder text = new StringBuilder("Goal: ")
                .append(goal.text())
                .append("\nOutcome: ")
                .append(goal.status());
        if (goal.error() != null) {
            text.append(", ").append(goal.error());
        }
        for (Step step : steps) {
            text.append("\n")
                    .append(step.name())
                    .append(" (")
                    .append(step.agent())
                    .append("): ")
                    .append(step.status());
            Report report = step.report();
            if (report != null) {
                report.sections().forEach(section -> section.blocks().forEach(block -> line(text, block)));
            }
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST);
    }

    private static void line(StringBuilder text, Report.Block block) {
        if (block instanceof Report.Figure figure) {
            text.append("\n- ")
                    .append(figure.label())
                    .append(": ")
                    .append(figure.value())
                    .append(figure.unit().isEmpty() ? "" : " " + figure.unit());
        } else if (block instanceof Report.Advice advice) {
            text.append("\n- Advice: ").append(advice.text());
        } else if (block instanceof Report.Text prose) {
            text.append("\n- ").append(prose.text());
        }
    }
}
