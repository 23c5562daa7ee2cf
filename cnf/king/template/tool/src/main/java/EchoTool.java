package ai.king.tool.echo;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Repeats a text: a tool that reads and has no effect, so that the gate lets every call pass. */
// A tool that asks a service names its address in king.reaches: people read it before they vote.
@Component(configurationPid = "ai.king.tool.echo", configurationPolicy = REQUIRE, property = "king.reaches=none")
@Designate(ocd = EchoTool.Config.class, factory = true)
@ToolName("echo")
public final class EchoTool implements Tool {

    @ObjectClassDefinition(name = "Echo tool", description = "Repeats a text")
    @interface Config {
        @AttributeDefinition(description = "Text put before the answer")
        String prefix() default "echo: ";
    }

    private static final ToolSpec SPEC = ToolSpec.of(
            "echo",
            "Repeats the text it is given",
            """
            {"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}
            """,
            Effect.READ);

    private final String prefix;

    @Activate
    public EchoTool(Config config) {
        prefix = config.prefix();
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return call.arguments().get("text") instanceof String text
                ? ToolResult.ok(Map.of("text", prefix + text))
                : new ToolResult.Missing(List.of("the argument text"));
    }

    /** A tool with an effect asks the far side here what became of the key. */
    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
