/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every tool keeps. */
public abstract class ToolContract {

    /** A new tool over whatever its test gives it. */
    protected abstract Tool tool();

    /** Arguments of a call that succeeds. */
    protected abstract Map<String, Object> arguments();

    /** How many effects the far side has seen from this tool so far; 0 for reads. */
    protected abstract int effects(Tool tool);

    private ToolCall call(String key) {
        return new ToolCall(key, Optional.of("b-1"), arguments());
    }

    @Test
    void namesItselfInLowerCaseWithADot() {
        assertThat(tool().spec().name()).matches("[a-z]+(\\.[a-z_]+)?");
    }

    @Test
    void describesItsArgumentsAsAnObject() {
        assertThat(tool().spec().schema()).contains("\"object\"");
    }

    @Test
    void missesNothingWhenItIsConfigured() {
        assertThat(tool().missing()).isEmpty();
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        assertThat(ApiTypes.foreign(tool().invoke(call("k-1")))).isEmpty();
    }

    @Test
    void hasOneEffectForOneKey() {
        Tool tool = tool();
        ToolResult first = tool.invoke(call("k-2"));
        int after = effects(tool);
        ToolResult again = tool.invoke(call("k-2"));
        assertThat(again).isEqualTo(first);
        assertThat(effects(tool)).isEqualTo(after);
    }

    @Test
    void answersALookupOfAnUnknownKeyWithAValue() {
        assertThatCode(() -> tool().lookup("never-used")).doesNotThrowAnyException();
    }

    @Test
    void leavesNoThreadBehind() {
        Strays strays = new Strays();
        tool().invoke(call("k-3"));
        assertThat(strays.left()).isEmpty();
    }
}
