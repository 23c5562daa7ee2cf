/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Goal;
import ai.king.work.Step;
import ai.king.work.Step.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the steps of a goal say together: which may go, which never will, and where the goal stands. Nothing is stored here.
 * Asked at the end of every step, so it goes through the steps by plain loops.
 */
record Course(List<Step> steps) {

    private static final Comparator<Step> ORDER =
            Comparator.comparingInt(Step::priority).thenComparing(Step::id);

    Course {
        steps = List.copyOf(steps);
    }

    /** Steps that may start now, priority 1 first, then in the order of the plan. */
    List<Step> runnable(Instant now) {
        Set<String> completed = completed();
        List<Step> runnable = new ArrayList<>();
        for (Step step : steps) {
            boolean due = step.notBefore() == null || !now.isBefore(step.notBefore());
            if (due && startable(step, completed)) {
                runnable.add(step);
            }
        }
        runnable.sort(ORDER);
        return runnable;
    }

    private static boolean startable(Step step, Set<String> completed) {
        return (step.status() == Status.PENDING || step.status() == Status.READY)
                && completed.containsAll(step.dependsOn());
    }

    /** Steps that will never start because one they need ended badly; the name of that one with each. */
    Map<Step, String> heldBack() {
        Set<String> bad = new HashSet<>();
        for (Step step : steps) {
            if (endedBadly(step.status())) {
                bad.add(step.name());
            }
        }
        Map<Step, String> held = new HashMap<>();
        boolean more = !bad.isEmpty();
        while (more) {
            more = false;
            for (Step step : steps) {
                Optional<String> blocker =
                        step.dependsOn().stream().filter(bad::contains).findFirst();
                if (!step.status().ended() && blocker.isPresent() && bad.add(step.name())) {
                    held.put(step, blocker.get());
                    more = true;
                }
            }
        }
        return held;
    }

    private static boolean endedBadly(Status status) {
        return status.ended() && status != Status.COMPLETED;
    }

    /** Steps that waited for input until now in vain. */
    List<Step> waitedInVain(Instant now) {
        List<Step> late = new ArrayList<>();
        for (Step step : steps) {
            if (step.status() == Status.WAITING_INPUT && step.waitUntil() != null && !now.isBefore(step.waitUntil())) {
                late.add(step);
            }
        }
        return late;
    }

    /** All steps that transitively need the named one. */
    List<Step> dependants(String name) {
        Set<String> needed = new HashSet<>(Set.of(name));
        List<Step> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Step step : steps) {
                if (step.dependsOn().stream().anyMatch(needed::contains) && needed.add(step.name())) {
                    found.add(step);
                    more = true;
                }
            }
        }
        return found;
    }

    /** Where the goal stands: RUNNING while anything runs or will by itself, else what it waits for, else its end. */
    Goal.Status status() {
        Set<Status> found = EnumSet.noneOf(Status.class);
        Set<String> completed = completed();
        for (Step step : steps) {
            if (step.status() == Status.RUNNING || startable(step, completed)) {
                return Goal.Status.RUNNING;
            }
            found.add(step.status());
        }
        if (found.contains(Status.WAITING_APPROVAL)) {
            return Goal.Status.WAITING_APPROVAL;
        }
        if (found.contains(Status.WAITING_INPUT)) {
            return Goal.Status.WAITING_INPUT;
        }
        return found.contains(Status.FAILED) ? Goal.Status.FAILED : Goal.Status.COMPLETED;
    }

    /** Why the goal failed: the first failed step and its reason. */
    Optional<String> failure() {
        return steps.stream()
                .filter(step -> step.status() == Status.FAILED)
                .map(step -> step.name() + ": " + Objects.requireNonNullElse(step.error(), "failed"))
                .findFirst();
    }

    /** When time alone changes something next. */
    Optional<Instant> next() {
        return steps.stream()
                .filter(step -> !step.status().ended())
                .map(step -> step.status() == Status.WAITING_INPUT ? step.waitUntil() : step.notBefore())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    private Set<String> completed() {
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (step.status() == Status.COMPLETED) {
                names.add(step.name());
            }
        }
        return names;
    }
}
