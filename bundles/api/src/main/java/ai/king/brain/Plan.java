/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.util.List;
import java.util.Map;

/**
 * Steps and what each waits for.
 *
 * @param rationale one or two sentences for the person: why these steps
 */
public record Plan(List<Step> steps, String rationale) {

    /**
     * One step.
     *
     * @param name unique in the plan, lower case with underscores
     * @param action the agent's skill
     * @param dependsOn names of steps whose data this one needs; unknown names and cycles are refused
     * @param priority 1 is first among steps that are ready
     * @param risk {@code LOW}, {@code MEDIUM}, {@code HIGH} or {@code CRITICAL}
     */
    public record Step(
            String name,
            String agent,
            String action,
            Map<String, Object> input,
            List<String> dependsOn,
            int priority,
            String risk) {}
}
