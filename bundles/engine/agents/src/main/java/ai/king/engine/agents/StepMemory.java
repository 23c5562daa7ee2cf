/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Memories;
import ai.king.agents.Memories.NewEntry;
import ai.king.memory.Recalled;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.work.Journal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step's way to the memory of its business. What it recalled is recorded, and a mark comes back with it. */
final class StepMemory {

    private final Memories memories;
    private final Journal journal;
    private final Hearing hearing;
    private final String agent;

    StepMemory(Memories memories, Journal journal, Hearing hearing, String agent) {
        this.memories = memories;
        this.journal = journal;
        this.hearing = hearing;
        this.agent = agent;
    }

    void remember(String text, Map<String, String> attributes) {
        journal.recorded("remember", Map.of("text", text, "attributes", attributes), () -> {
            // The key follows from step and text: storing again after a crash is the same entry.
            NewEntry entry = new NewEntry(
                    namespace(),
                    journal.step().id() + ":" + text,
                    agent,
                    text,
                    journal.step().marked() || hearing.words(),
                    Map.copyOf(attributes));
            return Map.of("id", memories.remember(Actor.ai(agent), entry));
        });
    }

    List<Recalled> recall(String text, Map<String, String> attributes, int limit) {
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("text", text, "limit", limit));
        if (!attributes.isEmpty()) {
            arguments.put("attributes", attributes);
        }
        Map<String, Object> recorded = journal.recorded("recall", arguments, () -> {
            List<Recalled> found = text.isBlank()
                    ? memories.recent(namespace(), attributes, limit)
                    : memories.recall(namespace(), text, attributes, limit);
            return Map.of("found", found.stream().map(Json::asMap).toList());
        });
        List<Recalled> found = new ArrayList<>();
        if (recorded.get("found") instanceof List<?> entries) {
            entries.forEach(entry -> found.add(Json.convert(entry, Recalled.class)));
        }
        found.forEach(recalled -> hearing.hear(recalled.entry().text()));
        if (found.stream().anyMatch(recalled -> recalled.entry().marked())) {
            journal.mark();
        }
        return found;
    }

    private String namespace() {
        String business = journal.goal().businessId();
        return business == null ? Memories.goal(journal.goal().id()) : Memories.business(business);
    }
}
