/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Memories;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
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

/** Lets a model look up what the business remembers, beyond the few entries that stand in its context. */
@Component(service = Tool.class)
@ToolName(MemoryTool.NAME)
public final class MemoryTool implements Tool {

    static final String NAME = "memory.recall";

    private static final int USUAL = 8;

    private static final ToolSpec SPEC = ToolSpec.of(
            NAME,
            "Recalls what the business remembers: what is nearest to a text, or without one the newest.",
            """
            {"type":"object","additionalProperties":false,"properties":{
              "about":{"type":"string","minLength":1,"maxLength":2000},
              "kind":{"type":"string","minLength":1,"maxLength":100,"description":"only entries of this kind, as outcome"},
              "limit":{"type":"integer","minimum":1,"maximum":50}}}
            """,
            Effect.READ);

    private final Memories memories;

    @Activate
    public MemoryTool(@Reference Memories memories) {
        this.memories = memories;
    }

    /** Whether what was recalled carries words from outside. */
    static boolean speaks(ToolResult result) {
        return result instanceof ToolResult.Ok ok
                && ok.data().get("entries") instanceof List<?> entries
                && entries.stream()
                        .anyMatch(entry ->
                                !(entry instanceof Map<?, ?> form) || !Boolean.FALSE.equals(form.get("fromOutside")));
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
        String namespace = Memories.business(call.businessId().get());
        Map<String, String> filter =
                call.arguments().get("kind") instanceof String kind ? Map.of("kind", kind) : Map.of();
        int limit = call.arguments().get("limit") instanceof Number number ? number.intValue() : USUAL;
        List<Recalled> found = call.arguments().get("about") instanceof String about
                ? memories.recall(namespace, about, filter, limit)
                : memories.recent(namespace, filter, limit);
        return ToolResult.ok(
                Map.of("entries", found.stream().map(MemoryTool::form).toList()));
    }

    private static Map<String, Object> form(Recalled recalled) {
        Entry entry = recalled.entry();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("text", entry.text());
        form.put("writer", entry.writer());
        form.put("at", entry.at().toString());
        form.put("score", Math.round(recalled.score() * 1000) / 1000.0);
        form.put("fromOutside", entry.marked());
        return form;
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
