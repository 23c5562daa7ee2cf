/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agents.Tools;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is listed of tools. */
final class ToolboxTest {

    private final HandPlugs plugs = new HandPlugs();
    private final Toolbox toolbox = new Toolbox(plugs);

    private record Handy(String name, List<String> missing) implements Tool {
        @Override
        public ToolSpec spec() {
            return ToolSpec.of(name, "Does it.", "{\"type\":\"object\"}", Effect.READ);
        }

        @Override
        public ToolResult invoke(ToolCall call) {
            return missing.isEmpty() ? ToolResult.ok(Map.of()) : new ToolResult.Missing(missing);
        }

        @Override
        public Optional<ToolResult> lookup(String key) {
            return Optional.empty();
        }
    }

    private void agent(String name, String... tools) {
        Agent idle = (task, context) -> new Outcome.Declined(List.of("work"));
        plugs.add(Agent.class, name, name, Map.of("king.agent.tools", tools), idle);
    }

    @Test
    void aToolWithoutItsKeyIsListedWithWhatItMisses() {
        plugs.add(Tool.class, "pay.refund", "t1", new Handy("pay.refund", List.of("a key")));
        plugs.add(Tool.class, "book.read", "t2", new Handy("book.read", List.of()));
        assertThat(toolbox.list())
                .extracting(Tools.Described::name, Tools.Described::state, Tools.Described::missing)
                .containsExactly(
                        tuple("book.read", "READY", List.of()), tuple("pay.refund", "MISSING", List.of("a key")));
        assertThat(plugs.out).hasValue(0);
    }

    @Test
    void aToolThatOnlyAgentsNameIsListedAsMissing() {
        plugs.add(Tool.class, "book.read", "t2", new Handy("book.read", List.of()));
        agent("legal", "contracts.advance", "book.read");
        agent("clerk", "contracts.advance");
        assertThat(toolbox.list()).hasSize(2).anySatisfy(tool -> {
            assertThat(tool.name()).isEqualTo("contracts.advance");
            assertThat(tool.spec()).isEmpty();
            assertThat(tool.state()).isEqualTo("MISSING");
            assertThat(tool.missing())
                    .containsExactly("a bundle with the tool contracts.advance, which these agents call: clerk, legal");
        });
        assertThat(toolbox.spec("contracts.advance")).isEmpty();
    }
}
