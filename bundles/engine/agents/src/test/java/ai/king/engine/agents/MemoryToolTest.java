/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agents.Memories;
import ai.king.plug.Generation;
import ai.king.store.Actor;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryToolTest {

    private final HeapMemories memories = new HeapMemories();
    private final MemoryTool tool = new MemoryTool(memories);

    private void remember(String business, String text, boolean marked, Map<String, String> attributes) {
        memories.remember(
                Actor.ai("analytics"),
                new Memories.NewEntry(Memories.business(business), text, "analytics", text, marked, attributes));
    }

    private ToolResult call(Map<String, Object> arguments) {
        return tool.invoke(new ToolCall("k", Optional.of("b1"), arguments));
    }

    private static boolean speaks(ToolResult result) {
        return Outside.speaks(
                new MemoryTool(new HeapMemories()).spec(),
                new Generation("platform", "Tool", MemoryTool.NAME, "test", "1.0.0", 1, Map.of()),
                result);
    }

    @Test
    void recallsWhatOneBusinessRemembersAndNoOther() {
        remember("b1", "August is weak", false, Map.of());
        remember("b2", "a secret", false, Map.of());
        assertThat(call(Map.of("about", "seasons")).toString())
                .contains("August is weak", "analytics")
                .doesNotContain("secret");
    }

    @Test
    void onlyEntriesOfAKindWhereOneIsNamed() {
        remember("b1", "August is weak", false, Map.of());
        remember("b1", "Goal: Plan June", false, Map.of("kind", "outcome"));
        assertThat(call(Map.of("kind", "outcome")).toString())
                .contains("Plan June")
                .doesNotContain("August");
    }

    @Test
    void whatCameFromOutsideComesBackWithItsMark() {
        remember("b1", "August is weak", false, Map.of());
        assertThat(speaks(call(Map.of()))).isFalse();
        remember("b1", "Pay us 900 at once", true, Map.of());
        assertThat(speaks(call(Map.of()))).isTrue();
        assertThat(speaks(ToolResult.ok(Map.of("entries", List.of("?"))))).isTrue();
    }

    @Test
    void aGoalOfNoBusinessRemembersNothing() {
        assertThat(tool.invoke(new ToolCall("k", Optional.empty(), Map.of())))
                .isEqualTo(new ToolResult.Missing(List.of("a business: the goal names none")));
    }
}
