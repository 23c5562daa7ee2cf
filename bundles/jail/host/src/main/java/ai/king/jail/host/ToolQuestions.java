/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.king.kit.ApiTypes;
import ai.king.tool.Tool;
import org.junit.jupiter.api.Test;

/** Of {@link ai.king.kit.ToolContract} what needs neither network nor account. */
public final class ToolQuestions {

    private final Tool tool = Candidate.plug(Tool.class);

    @Test
    void namesItselfInLowerCaseWithADot() {
        assertThat(tool.spec().name()).matches("[a-z]+(\\.[a-z_]+)?");
    }

    @Test
    void describesItsArgumentsAsAnObject() {
        assertThat(tool.spec().schema()).contains("\"object\"");
        assertThat(tool.spec().description()).isNotBlank();
    }

    @Test
    void isTheSameForItsWholeLife() {
        assertThat(tool.spec()).isEqualTo(tool.spec());
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        assertThat(ApiTypes.foreign(tool.spec())).isEmpty();
        assertThat(ApiTypes.foreign(tool.missing())).isEmpty();
    }

    @Test
    void saysWhatItMissesWithoutAskingAnybody() {
        assertThat(tool.missing()).doesNotContain("");
    }

    @Test
    void answersALookupOfAnUnknownKeyWithAValue() {
        assertThatCode(() -> tool.lookup("never-used")).doesNotThrowAnyException();
    }
}
