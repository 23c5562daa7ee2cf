/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void leavesOrdinaryTextAsItIs() {
        assertThat(Visible.of("Grüße, 你好 🙂\n\tindented")).isEqualTo("Grüße, 你好 🙂\n\tindented");
    }

    @Test
    void writesOutWhatHasNoShape() {
        assertThat(Visible.of("a\u202Eb\u0000c\u200Bd\u2066e\uFEFFf\u00A0g\rh\u2028i"))
                .isEqualTo("a\\u202Eb\\u0000c\\u200Bd\\u2066e\\uFEFFf\\u00A0g\\u000Dh\\u2028i");
        assertThat(Visible.of(new String(Character.toChars(0xE0041)))).isEqualTo("\\U000E0041");
    }
}
