/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.AgentContext;
import ai.king.agent.Report;
import ai.king.tool.ToolResult;
import java.util.Map;
import java.util.Optional;

/** A picture for a text, made by the tool for images. */
record Illustration(Map<String, Object> data, Optional<Report.Block> remark) {

    private static final String TOOL = "images.create";

    static Illustration of(Brief brief, AgentContext context) {
        boolean product = brief.form() == Form.PRODUCT_DESCRIPTION;
        ToolResult result = context.call(
                TOOL,
                Map.of(
                        "kind",
                        product ? "product" : "illustration",
                        "subject",
                        brief.subject() + ", " + brief.first().category()));
        if (result instanceof ToolResult.Ok ok) {
            return new Illustration(ok.data(), Optional.empty());
        }
        String reason = result instanceof ToolResult.Missing missing
                ? "missing: " + String.join(", ", missing.missing())
                : result instanceof ToolResult.Failed failed ? failed.reason() : ((ToolResult.Unknown) result).reason();
        return new Illustration(
                Map.of(),
                Optional.of(new Report.Advice(
                        "Add a picture for " + brief.subject(), "none was made, " + reason, brief.sources())));
    }
}
