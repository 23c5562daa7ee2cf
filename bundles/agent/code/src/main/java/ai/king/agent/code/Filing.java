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
        boolean there = wanted
                && context.tools().stream().anyMatch(tool -> tool.name().equals(TOOL) && tool.effect() == Effect.CODE);
        if (!there) {
            return Optional.empty();
        }
        ToolResult result = context.call(
                TOOL,
                Map.of(
                        "title",
                        "Agent " + project.name() + ": " + specification.title(),
                        "hypothesis",
                        "Goals that ask for " + specification.title()
                                + " are answered from records, which no agent here does; the metric is goals that are declined.",
                        "plug",
                        project.plug(),
                        "files",
                        project.files()));
        if (result instanceof ToolResult.Ok ok) {
            String id = String.valueOf(ok.data().get("proposalId"));
            return Optional.of(new Filed(Optional.of(id), "It is proposed as " + id + "."));
        }
        String why = result instanceof ToolResult.Failed failed ? failed.reason() : result.toString();
        return Optional.of(new Filed(Optional.empty(), "It was not proposed: " + why + "."));
    }
}
