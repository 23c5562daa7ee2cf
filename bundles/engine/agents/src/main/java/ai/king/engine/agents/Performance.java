/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Outcome;
import ai.king.agents.Agents.Performed;
import ai.king.inference.Listener;
import ai.king.work.Journal.Fenced;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One step under way: what holds it, once something does, and the watch on its time. */
final class Performance {

    private final Watch watch;
    private final Hearing hearing = new Hearing();
    private @Nullable Performed held;
    private @Nullable Fenced fenced;

    Performance(Watch watch) {
        this.watch = watch;
    }

    Watch watch() {
        return watch;
    }

    /** What has reached the step, also by those that work was handed on to. */
    Hearing hearing() {
        return hearing;
    }

    /** Ends the step here, whatever the agent catches. */
    Unwound hold(Performed why) {
        if (held == null) {
            held = why;
        }
        return new Unwound();
    }

    /** What holds the step; throws {@link Fenced} when it is another node's. */
    Optional<Performed> held() {
        if (fenced != null) {
            throw fenced;
        }
        return Optional.ofNullable(held);
    }

    /** Whether nothing holds the step, so that its agent came to an end by itself. */
    boolean unheld() {
        return held == null && fenced == null;
    }

    /** Runs engine code for an agent: outside the watch, and not at all once the step is held. */
    <T> T engine(Supplier<T> work) {
        if (!watch.here()) {
            throw new IllegalStateException("the context is for the performing thread only");
        }
        watch.leave();
        try {
            if (held != null || fenced != null) {
                throw new Unwound();
            }
            if (watch.expired()) {
                throw hold(new Performed.Ended(new Outcome.Failed("the deadline has passed", true), "", ""));
            }
            return work.get();
        } catch (Fenced e) {
            fenced = e;
            throw new Unwound();
        } finally {
            watch.enter();
        }
    }

    /** Ends a chat at its next piece once the deadline has passed. */
    Listener untilDeadline() {
        return piece -> {
            if (watch.expired()) {
                throw new IllegalStateException("the deadline has passed");
            }
        };
    }

    /** Runs a plug's code from engine code. */
    <T> T plug(Supplier<T> work) {
        watch.enter();
        try {
            return work.get();
        } finally {
            watch.leave();
        }
    }
}
