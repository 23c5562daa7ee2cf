/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.AgentContext;
import ai.king.agent.Task;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files what was written as a proposal, where that is wanted and there is a tool for it; the gate asks a person first. */
final class Filing {

    static final String TOOL = "evolution.propose";

    private static final int LONGEST = 2000;

    private static final Pattern WANTED =
            Pattern.compile("\\b(propos\\w+|lacks?|lacking)\\b", Pattern.CASE_INSENSITIVE);

    private Filing() {}

    /** What came of it, in words; {@code id} of the proposal where there is one. */
    record Filed(Optional<String> id, String words) {}

    /** Empty when nobody wants it: input {@code propose} says yes or no, else the goal's words. */
    static Optional<Filed> of(Task task, AgentContext context, Specification specification, Project project) {
        Object said = task.input().get("propose");
        boolean wanted = said == null
                ? WANTED.matcher(task.goal()).find()
                : said.toString().equals("true");
        return wanted && there(context)
                ? Optional.of(
                        filed(
                                context,
                                project,
                                "Agent " + project.name() + ": " + specification.title(),
                                "Goals that ask for " + specification.title()
                                        + " are answered from records, which no agent here does; the metric is goals that are declined."))
                : Optional.empty();
    }

    /** Of changed source: only where the input says so, and something changed. */
    static Optional<Filed> ofChange(Task task, AgentContext context, Project before, Project changed) {
        boolean wanted = "true".equals(String.valueOf(task.input().get("propose")));
        boolean same = before.digest().equals(changed.digest());
        return wanted && !same && there(context)
                ? Optional.of(filed(
                        context,
                        changed,
                        "Agent " + changed.name() + ", its source changed",
                        task.goal().substring(0, Math.min(LONGEST, task.goal().length()))))
                : Optional.empty();
    }

    private static boolean there(AgentContext context) {
        return context.tools().stream().anyMatch(tool -> tool.name().equals(TOOL) && tool.effect() == Effect.CODE);
    }

    private static Filed filed(AgentContext context, Project project, String title, String hypothesis) {
        ToolResult result = context.call(
                TOOL,
                Map.of("title", title, "hypothesis", hypothesis, "plug", project.plug(), "files", project.files()));
        if (result instanceof ToolResult.Ok ok) {
            String id = String.valueOf(ok.data().get("proposalId"));
            return new Filed(Optional.of(id), "It is proposed as " + id + ".");
        }
        String why = result instanceof ToolResult.Failed failed ? failed.reason() : result.toString();
        return new Filed(Optional.empty(), "It was not proposed: " + why + ".");
    }
}
