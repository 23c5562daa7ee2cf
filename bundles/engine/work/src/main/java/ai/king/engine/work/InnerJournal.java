/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.gate.Action;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A step's journal as an agent sees it that another one handed work to. When its whole work is replayed as one call, what
 * it did inside is not asked for again, so it must not share places with what the step itself does.
 */
final class InnerJournal implements Journal {

    private final StepJournal step;
    private final String scope;

    InnerJournal(StepJournal step, String scope) {
        this.step = step;
        this.scope = scope;
    }

    @Override
    public void performedBy(String generation, String version) {
        // The step's own agent stays the one that is named.
    }

    @Override
    public Goal goal() {
        return step.goal();
    }

    @Override
    public Step step() {
        return step.step();
    }

    @Override
    public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String generation) {
        return step.open(scope, tool, arguments, action, generation);
    }

    @Override
    public void done(Call call, Map<String, Object> result) {
        step.done(call, result);
    }

    @Override
    public void notDone(Call call, Map<String, Object> answer) {
        step.notDone(call, answer);
    }

    @Override
    public void unknown(Call call, String reason) {
        step.unknown(call, reason);
    }

    @Override
    public Map<String, Object> recorded(
            String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        return step.recorded(scope, what, arguments, value);
    }

    @Override
    public void note(String text) {
        step.note(scope, text);
    }

    @Override
    public Journal within(Call handedOn) {
        return new InnerJournal(step, scope + "/" + handedOn.key() + ":" + handedOn.nth());
    }

    @Override
    public void mark() {
        step.mark();
    }
}
