package ai.king.tool.echo;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.util.Map;

class EchoToolContractTest extends ToolContract {

    @Override
    protected Tool tool() {
        return new EchoTool(Configs.defaults(EchoTool.Config.class));
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("text", "hello");
    }

    @Override
    protected int effects(Tool tool) {
        return 0;
    }
}
