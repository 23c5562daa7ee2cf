/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Report;
import ai.king.gate.Action;
import ai.king.gate.Verdict;
import ai.king.store.Json;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A journal in memory: what a second performance of the same step finds is what the first one left. */
public final class HeapJournal implements Journal {

    private final String text;
    private final String agent;
    private final String generation;
    private final Map<String, Map<String, Object>> recorded;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Function<Action, Verdict> gate;
    final List<Action> judged = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> unknown = new ArrayList<>();
    String performer = "";
    boolean marked;
    String inDoubt = "";

    HeapJournal(
            String agent,
            String generation,
            Map<String, Map<String, Object>> recorded,
            Function<Action, Verdict> gate) {
        this("do it", agent, generation, recorded, gate);
    }

    private HeapJournal(
            String text,
            String agent,
            String generation,
            Map<String, Map<String, Object>> recorded,
            Function<Action, Verdict> gate) {
        this.text = text;
        this.agent = agent;
        this.generation = generation;
        this.recorded = recorded;
        this.gate = gate;
    }

    static HeapJournal fresh(String agent) {
        return fresh("do it", agent);
    }

    /** Of a step that nobody performed yet, of a goal with this text. */
    public static HeapJournal fresh(String text, String agent) {
        return new HeapJournal(text, agent, null, new HashMap<>(), action -> new Verdict.Allow());
    }

    @Override
    public void performedBy(String by, String version) {
        performer = by + " " + version;
    }

    @Override
    public Goal goal() {
        return new Goal(
                "goal",
                "goal",
                text,
                Goal.Status.RUNNING,
                null,
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
                Instant.EPOCH,
                null,
                0);
    }

    @Override
    public Step step() {
        return new Step(
                "step",
                "goal",
                "a",
                agent,
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
                Report.none(),
                null,
                generation,
                null,
                marked,
                null,
                null,
                null,
                null,
                0);
    }

    @Override
    public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String by) {
        String key = Json.digest(List.of(tool, arguments));
        int nth = counts.merge(key, 1, Integer::sum) - 1;
        String place = "step:" + key + ":" + nth;
        boolean effect = action.filter(a -> a.effect().changes()).isPresent();
        Call call = new Call(
                place,
                "goal",
                "step",
                key,
                nth,
                place,
                tool,
                effect,
                arguments,
                Call.State.INTENDED,
                null,
                by,
                1,
                Instant.EPOCH,
                null,
                0);
        if (recorded.containsKey(place)) {
            return new Opened.Replayed(recorded.get(place));
        }
        if (tool.equals(inDoubt)) {
            return new Opened.InDoubt(call);
        }
        if (action.isPresent()) {
            judged.add(action.get());
            Verdict verdict = gate.apply(action.get());
            if (!(verdict instanceof Verdict.Allow)) {
                return new Opened.Held(verdict);
            }
        }
        return new Opened.Fresh(call);
    }

    @Override
    public void done(Call call, Map<String, Object> result) {
        recorded.put(call.idempotencyKey(), result);
    }

    @Override
    public void notDone(Call call, Map<String, Object> answer) {
        recorded.put(call.idempotencyKey(), answer);
    }

    @Override
    public void unknown(Call call, String reason) {
        unknown.add(reason);
    }

    @Override
    public Map<String, Object> recorded(
            String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        Opened opened = open(what, arguments, Optional.empty(), "");
        if (opened instanceof Opened.Replayed replayed) {
            return replayed.result();
        }
        Map<String, Object> made = value.get();
        done(((Opened.Fresh) opened).call(), made);
        return made;
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public Journal within(Call handedOn) {
        return this;
    }

    @Override
    public void mark() {
        marked = true;
    }
}
