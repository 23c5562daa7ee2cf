/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.store.Actor;
import ai.king.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that a tool made: they become documents of the business, and the answer names them by id, so that no picture goes
 * through journal and prompt.
 */
final class Artefacts {

    private static final String LIST = "artefacts";

    private final Businesses businesses;

    Artefacts(Businesses businesses) {
        this.businesses = businesses;
    }

    /** The same answer with its files stored; other answers as they are. Throws when a file cannot be stored. */
    ToolResult stored(ToolResult result, Optional<String> business, String agent) {
        if (!(result instanceof ToolResult.Ok ok) || !(ok.data().get(LIST) instanceof List<?> files)) {
            return result;
        }
        if (business.isEmpty()) {
            return new ToolResult.Failed("what was made belongs to no business and was not kept", false);
        }
        List<Map<String, Object>> kept = new ArrayList<>();
        for (Object file : files) {
            if (!(file instanceof Map<?, ?> form) || !(form.get("base64") instanceof String content)) {
                return new ToolResult.Failed("the tool gives a file without content", false);
            }
            kept.add(stored(form, content, business.get(), agent));
        }
        Map<String, Object> data = new LinkedHashMap<>(ok.data());
        data.put(LIST, kept);
        return new ToolResult.Ok(data, ok.cost());
    }

    private Map<String, Object> stored(Map<?, ?> form, String content, String business, String agent) {
        byte[] bytes = Base64.getDecoder().decode(content);
        StoredDocument document = businesses.addDocument(
                Actor.ai(agent),
                business,
                String.valueOf(form.get("name")),
                String.valueOf(form.get("mediaType")),
                new ByteArrayInputStream(bytes));
        Map<String, Object> kept = new LinkedHashMap<>();
        form.forEach((key, value) -> {
            if (!key.equals("base64")) {
                kept.put(String.valueOf(key), value);
            }
        });
        kept.put("documentId", document.id());
        kept.put("sha256", document.sha256());
        kept.put("size", document.size());
        return kept;
    }
}
