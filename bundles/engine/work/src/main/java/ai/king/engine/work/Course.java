/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Goal;
import ai.king.work.Step;
import ai.king.work.Step.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the steps of a goal say together: which may go, which never will, and where the goal stands. Nothing is stored here. */
record Course(List<Step> steps) {

    Course {
        steps = List.copyOf(steps);
    }

    /** Steps that may start now, priority 1 first, then in the order of the plan. */
    List<Step> runnable(Instant now) {
        return startable()
                .filter(step -> step.notBefore() == null || !now.isBefore(step.notBefore()))
                .sorted(Comparator.comparingInt(Step::priority).thenComparing(Step::id))
                .toList();
    }

    private java.util.stream.Stream<Step> startable() {
        Map<String, Status> byName = statuses();
        return steps.stream()
                .filter(step -> step.status() == Status.PENDING || step.status() == Status.READY)
                .filter(step -> step.dependsOn().stream().allMatch(name -> byName.get(name) == Status.COMPLETED));
    }

    /** Steps that will never start because one they need ended badly; the name of that one with each. */
    Map<Step, String> heldBack() {
        if (steps.stream().noneMatch(step -> endedBadly(step.status()))) {
            return Map.of();
        }
        Map<Step, String> held = new HashMap<>();
        Set<String> bad = new HashSet<>();
        statuses().forEach((name, status) -> {
            if (endedBadly(status)) {
                bad.add(name);
            }
        });
        boolean more = true;
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
        return steps.stream()
                .filter(step -> step.status() == Status.WAITING_INPUT)
                .filter(step -> step.waitUntil() != null && !now.isBefore(step.waitUntil()))
                .toList();
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
        if (any(Status.RUNNING) || startable().findAny().isPresent()) {
            return Goal.Status.RUNNING;
        }
        if (any(Status.WAITING_APPROVAL)) {
            return Goal.Status.WAITING_APPROVAL;
        }
        if (any(Status.WAITING_INPUT)) {
            return Goal.Status.WAITING_INPUT;
        }
        return any(Status.FAILED) ? Goal.Status.FAILED : Goal.Status.COMPLETED;
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

    private boolean any(Status status) {
        return steps.stream().anyMatch(step -> step.status() == status);
    }

    private Map<String, Status> statuses() {
        Map<String, Status> byName = new HashMap<>();
        steps.forEach(step -> byName.put(step.name(), step.status()));
        return byName;
    }
}
