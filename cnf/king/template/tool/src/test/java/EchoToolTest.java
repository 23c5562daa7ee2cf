package ai.king.tool.echo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoToolTest {

    private static ToolResult invoke(Map<String, Object> config, Map<String, Object> arguments) {
        return new EchoTool(Configs.of(EchoTool.Config.class, config))
                .invoke(new ToolCall("step:key:0", Optional.empty(), arguments));
    }

    @Test
    void putsTheConfiguredPrefixBeforeTheText() {
        assertThat(invoke(Map.of("prefix", "> "), Map.of("text", "hello")))
                .isEqualTo(ToolResult.ok(Map.of("text", "> hello")));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(invoke(Map.of(), Map.of())).isInstanceOf(ToolResult.Missing.class);
    }
}
