/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives the text of one document of the business, in pieces. */
@Component(service = Tool.class)
@ToolName("documents.read")
public final class DocumentReadTool implements Tool {

    private static final int PIECE = 20_000;

    private static final ToolSpec SPEC = ToolSpec.of(
            "documents.read",
            "Reads the text of one document of the business, at most 20,000 characters from an offset.",
            """
            {"type":"object","additionalProperties":false,"required":["document"],"properties":{
              "document":{"type":"string","minLength":1,"maxLength":200},
              "offset":{"type":"integer","minimum":0}}}
            """,
            Effect.READ);

    private final Businesses businesses;

    @Activate
    public DocumentReadTool(@Reference Businesses businesses) {
        this.businesses = businesses;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        String id = String.valueOf(call.arguments().get("document"));
        int offset = call.arguments().get("offset") instanceof Number number ? number.intValue() : 0;
        Optional<StoredDocument> document = businesses.document(id).filter(found -> call.businessId()
                .filter(found.businessId()::equals)
                .isPresent());
        if (document.isEmpty()) {
            return new ToolResult.Failed("the business has no document " + id, false);
        }
        String text;
        try {
            text = businesses.data(document.get().businessId()).text(id);
        } catch (IllegalArgumentException e) {
            return new ToolResult.Missing(
                    List.of("a readable form of " + document.get().name() + ": " + e.getMessage()));
        }
        int from = Math.min(offset, text.length());
        int to = Math.min(from + PIECE, text.length());
        return ToolResult.ok(Map.of(
                "documentId", id,
                "name", document.get().name(),
                "text", text.substring(from, to),
                "offset", from,
                "length", text.length()));
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
