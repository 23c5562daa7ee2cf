/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.tool.ToolSpec;

/** What agents and tools can do, in the words that models, REST and the shell are given, too. */
final class Abilities {

    private final Agents agents;
    private final Tools tools;

    Abilities(Agents agents, Tools tools) {
        this.agents = agents;
        this.tools = tools;
    }

    void agents(Html page) {
        page.table("Agents", "Name", "Risk", "What it is for", "Skills");
        for (Agents.Described agent : agents.list()) {
            page.raw("<tr>").cell(agent.name()).raw("<td>").badge(agent.risk()).raw("</td>");
            page.cell(agent.description())
                    .cell(String.join(", ", agent.capabilities()))
                    .raw("</tr>");
        }
        page.raw("</tbody></table>");
    }

    void tools(Html page) {
        page.table("Tools", "Name", "State", "Effect", "What it does, or misses");
        for (Tools.Described tool : tools.list()) {
            page.raw("<tr>").cell(tool.name()).raw("<td>").badge(tool.state()).raw("</td>");
            page.cell(tool.spec().map(spec -> spec.effect().name()).orElse(""));
            page.cell(
                            tool.missing().isEmpty()
                                    ? tool.spec().map(ToolSpec::description).orElse("")
                                    : "misses " + String.join("; ", tool.missing()))
                    .raw("</tr>");
        }
        page.raw("</tbody></table>");
    }
}
