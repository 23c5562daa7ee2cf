/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.gate.Action;
import ai.king.store.Json;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A journal that finds the place of each call and stores nothing. */
final class UnstoredJournal implements Journal {

    private final Map<String, Integer> counts = new HashMap<>();
    private final String text;

    UnstoredJournal(String text) {
        this.text = text;
    }

    @Override
    public void performedBy(String generation, String version) {
        // Nothing is stored.
    }

    @Override
    public Goal goal() {
        Instant now = Instant.EPOCH;
        return new Goal(
                "goal",
                "goal",
                text,
                Goal.Status.RUNNING,
                "REACT",
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "pat",
                false,
                1,
                now,
                null,
                0);
    }

    @Override
    public Step step() {
        return new Step(
                "step",
                "goal",
                "a",
                "asker",
                "do",
                Map.of(),
                List.of(),
                1,
                "LOW",
                Step.Status.RUNNING,
                0,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                0);
    }

    @Override
    public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String generation) {
        String key = Json.digest(List.of(tool, arguments));
        int nth = counts.merge(key, 1, Integer::sum) - 1;
        return new Opened.Fresh(new Call(
                key,
                "goal",
                "step",
                key,
                nth,
                "step:" + key + ":" + nth,
                tool,
                false,
                arguments,
                Call.State.INTENDED,
                null,
                null,
                1,
                Instant.EPOCH,
                null,
                0));
    }

    @Override
    public void done(Call call, Map<String, Object> result) {
        // Nothing is stored.
    }

    @Override
    public void notDone(Call call, Map<String, Object> answer) {
        // Nothing is stored.
    }

    @Override
    public void unknown(Call call, String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public Map<String, Object> recorded(
            String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        open(what, arguments, Optional.empty(), "");
        return value.get();
    }

    @Override
    public void note(String line) {
        // Nobody waits.
    }

    @Override
    public Journal within(Call handedOn) {
        return this;
    }

    @Override
    public void mark() {
        // One step, nothing builds on it.
    }
}
