/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.gate.Action;
import ai.king.gate.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The recorded calls of one step that runs now; given by work to agents with each step. Every write checks the fence:
 * {@link Fenced} unwinds a worker whose goal another node has taken.
 */
@ProviderType
public interface Journal {

    /** Says which generation of the step's agent performs it; told once, before any call. */
    void performedBy(String generation, String version);

    /** The goal as it was when this node took it. */
    Goal goal();

    Step step();

    /**
     * Opens the next call with these contents: the recorded one with its result when the step runs again, or a new one. A
     * call with an effect is judged by the gate and its intent is committed, in one transaction, before this returns; a
     * recorded intent without a result is asked for with {@code lookup} first. Throws {@link Fenced} when no effect may
     * start now: the goal is paused, cancelled or taken by another node.
     *
     * @param action what the gate judges; empty for reads inside and for recorded values
     */
    Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String generation);

    /** Commits the result of a call before the agent sees it. */
    void done(Call call, Map<String, Object> result);

    /**
     * The call surely did not happen; gives back its reservation. The answer says why, and the step sees it again when it
     * is resumed; another attempt makes the call anew under the same key.
     */
    void notDone(Call call, Map<String, Object> answer);

    /** It cannot be told: the step waits for a person, and the caller unwinds the agent. */
    void unknown(Call call, String reason);

    /** A value that must be the same when the step runs again: the clock, a random number, a model's answer. */
    Map<String, Object> recorded(String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value);

    /** A line for the person who waits. */
    void note(String text);

    /** The same journal for work handed on: equal calls inside and outside are different calls. */
    Journal within(Call handedOn);

    /** Text from outside entered the context of this step; its output carries the mark. */
    void mark();

    /** What became of opening a call. */
    sealed interface Opened {

        /** It was made before; this is its result. */
        record Replayed(Map<String, Object> result) implements Opened {}

        /** The intent is committed: make the call now. */
        record Fresh(Call call) implements Opened {}

        /** The intent is there from an earlier run, the result is not: ask {@code Tool.lookup} first. */
        record InDoubt(Call call) implements Opened {}

        /** The gate asks or denies; the step must be unwound. */
        record Held(Verdict verdict) implements Opened {}
    }

    /** The step does not go on here: another node has taken the goal, or it was paused or cancelled. */
    final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Fenced(String message) {
            super(message);
        }
    }
}
