/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void showsWhatDiffersWithThreeLinesAroundIt() {
        assertThat(LineDiff.of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8");
    }

    @Test
    void tellsFilesThatComeGoAndStay() {
        assertThat(LineDiff.of(Map.of("a", "1\n", "b", "2\n", "c", "3\n"), Map.of("b", "2\n", "c", "4\n", "d", "5\n")))
                .containsExactly(
                        "a: removed",
                        "    - 1",
                        "b: unchanged",
                        "c: changed",
                        "    @@ -1 +1 @@",
                        "    -3",
                        "    +4",
                        "d: new",
                        "    + 5");
    }
}
