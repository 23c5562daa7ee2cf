/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.inferences.Inferences;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds passages in the documents of the business. */
@Component(service = Tool.class)
@ToolName("documents.search")
public final class DocumentSearchTool implements Tool {

    private static final ToolSpec SPEC = ToolSpec.of(
            "documents.search",
            "Finds the passages of the business's documents that are nearest to a question.",
            """
            {"type":"object","additionalProperties":false,"required":["query"],"properties":{
              "query":{"type":"string","minLength":1,"maxLength":2000},
              "limit":{"type":"integer","minimum":1,"maximum":50},
              "documents":{"type":"array","items":{"type":"string"},"description":"ids to look in; all when absent"}}}
            """,
            Effect.READ);

    private final Businesses businesses;
    private final Inferences inferences;

    @Activate
    public DocumentSearchTool(@Reference Businesses businesses, @Reference Inferences inferences) {
        this.businesses = businesses;
        this.inferences = inferences;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        if (call.businessId().isEmpty()) {
            return new ToolResult.Missing(List.of("a business: the goal names none"));
        }
        String query = String.valueOf(call.arguments().get("query"));
        int limit = call.arguments().get("limit") instanceof Number number ? number.intValue() : 8;
        List<StoredDocument> documents = businesses.documents(call.businessId().get()).stream()
                .filter(document ->
                        !(call.arguments().get("documents") instanceof List<?> ids) || ids.contains(document.id()))
                .toList();
        if (documents.isEmpty()) {
            return new ToolResult.Missing(List.of("documents of the business"));
        }
        List<Map<String, Object>> passages =
                Passages.nearest(query, Passages.of(documents), limit, inferences::embed).stream()
                        .map(DocumentSearchTool::form)
                        .toList();
        return ToolResult.ok(Map.of("passages", passages, "documents", documents.size()));
    }

    private static Map<String, Object> form(Passages.Hit hit) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("documentId", hit.passage().document().id());
        form.put("name", hit.passage().document().name());
        form.put("text", hit.passage().text());
        form.put("score", Math.round(hit.score() * 1000) / 1000.0);
        return form;
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
