/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a stored step says about its agent once it ended or waits for input.
 *
 * @param completed false where it failed or declined
 * @param retries failed tries before the last one
 * @param error empty where it did not fail
 * @param asked how many approvals its calls needed
 * @param refused how many of these people rejected or let expire
 * @param millis from start to end, where nothing made it wait; empty otherwise
 * @param tokens of models, as the backends counted them
 * @param chats answers of models
 * @param lacks what nobody here can do, in the words of who asked; empty where it lacks no skill
 */
public record Deed(
        String stepId,
        String goalId,
        String agent,
        boolean completed,
        boolean declined,
        int retries,
        String error,
        int asked,
        int refused,
        Optional<Long> millis,
        long tokens,
        int chats,
        Optional<String> lacks) {

    /** When its step was stored. */
    Instant begun() {
        return Facts.timeOf(stepId);
    }

    /** Failed by itself: neither for want of something nor because a person said no. */
    boolean failed() {
        return !completed && !declined && refused == 0;
    }

    int tries() {
        return retries + (completed || failed() ? 1 : 0);
    }

    int failedTries() {
        return retries + (failed() ? 1 : 0);
    }

    static List<Deed> of(List<Deed> deeds, String agent) {
        return deeds.stream().filter(deed -> deed.agent().equals(agent)).toList();
    }
}
