/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.brain.Intent;
import ai.king.work.Conversation;
import ai.king.work.Goals;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is stored.
 *
 * @param spoken whether the person has its text already
 * @param goal what is to be filed with it; its id goes behind the text
 * @param settles whether it answers what the conversation had asked, so that it counts once only
 * @param pending what the next message may answer
 */
record Draft(
        Answer answer,
        Intent intent,
        boolean spoken,
        Goals.@Nullable NewGoal goal,
        boolean settles,
        @Nullable String businessId,
        Conversation.@Nullable Pending pending) {

    static Draft says(Answer answer, Intent intent, @Nullable String businessId) {
        return new Draft(answer, intent, false, null, false, businessId, null);
    }

    static Draft spoke(Answer answer, Intent intent, @Nullable String businessId) {
        return new Draft(answer, intent, true, null, false, businessId, null);
    }

    static Draft asks(Answer answer, Intent intent, Conversation.Pending pending) {
        return new Draft(answer, intent, false, null, false, pending.businessId(), pending);
    }

    static Draft files(Answer answer, Intent intent, Goals.NewGoal goal, boolean settles) {
        return new Draft(answer, intent, false, goal, settles, goal.businessId(), null);
    }
}
