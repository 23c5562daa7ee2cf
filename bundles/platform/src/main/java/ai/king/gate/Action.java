/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something an agent wants to do.
 *
 * @param callKey the call's idempotency key {@code stepId:hash:nth}; an approval and a reservation belong to it
 * @param goalId the goal it serves
 * @param stepId the step
 * @param tool name of the tool
 * @param description the tool's description
 * @param arguments JSON values; what the approval shows and hashes
 * @param amount what is spent; empty for effects other than SPEND, or when it is missing or unparsable
 * @param profiles names of the risk profiles that apply beside the active one: the business's, the goal's
 * @param risk the risk the step has at least
 * @param marked whether text from outside stood in the context the arguments came from; then every effect but READ is asked for
 * @param requestedBy who filed the goal
 */
public record Action(
        String callKey,
        String goalId,
        String stepId,
        String tool,
        String description,
        Effect effect,
        Map<String, Object> arguments,
        Optional<Money> amount,
        Optional<String> payee,
        Optional<String> businessId,
        Set<String> profiles,
        Risk risk,
        boolean marked,
        String requestedBy) {}
