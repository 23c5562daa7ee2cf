/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a goal that are being performed, and the places they hold. Guarded by the monitor of their run. */
final class UnderWay {

    /** One step. */
    private record Active(StepJournal journal, long abandonAt, boolean place) {}

    private final Workers workers;
    private final Map<String, Active> active = new LinkedHashMap<>();

    UnderWay(Workers workers) {
        this.workers = workers;
    }

    /** @param place whether it took one of the workers' places, given back when it ends */
    void add(StepJournal journal, Duration atMost, boolean place) {
        active.put(journal.step().id(), new Active(journal, System.nanoTime() + atMost.toNanos(), place));
    }

    boolean has(String stepId) {
        return active.containsKey(stepId);
    }

    boolean isEmpty() {
        return active.isEmpty();
    }

    int size() {
        return active.size();
    }

    List<StepJournal> journals() {
        return active.values().stream().map(Active::journal).toList();
    }

    /** Those that have taken longer than they may. */
    List<StepJournal> late() {
        long now = System.nanoTime();
        return active.values().stream()
                .filter(each -> now - each.abandonAt() > 0)
                .map(Active::journal)
                .toList();
    }

    /** Takes it off; false when this performance was taken off before. */
    boolean drop(StepJournal journal) {
        Active there = active.get(journal.step().id());
        if (there == null || there.journal() != journal) {
            return false;
        }
        active.remove(journal.step().id());
        if (there.place()) {
            workers.givePlace();
        }
        return true;
    }
}
