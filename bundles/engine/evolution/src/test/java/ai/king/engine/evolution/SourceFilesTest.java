/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken for the source of one agent. */
class SourceFilesTest {

    private static final String PATH = "src/main/java/acme/guest/";
    private static final Map<String, Object> WHOLE =
            Map.of(PATH + "EchoAgent.java", "class EchoAgent {}", "README.md", "# Guest");

    private static SourceFiles of(Map<String, Object> files) {
        return SourceFiles.of(Map.of("plug", "acme.guest", "files", files));
    }

    @Test
    void takesItsNameFromTheChangeOrFromItsInstructions() {
        assertThat(of(WHOLE).plug()).isEqualTo("acme.guest");
        assertThat(SourceFiles.of(Map.of(
                                "files",
                                Map.of(
                                        PATH + "EchoAgent.java",
                                        "class EchoAgent {}",
                                        "bnd.bnd",
                                        "Bundle-SymbolicName: acme.guest\n")))
                        .plug())
                .isEqualTo("acme.guest");
        assertThatThrownBy(() -> SourceFiles.of(Map.of("files", WHOLE))).hasMessageContaining("change.plug");
        assertThatThrownBy(() -> SourceFiles.of(Map.of("plug", "acme.guest"))).hasMessageContaining("change.files");
    }

    @Test
    void refusesWhatIsNoFileOfTheAgentAndWhatIsTooMuch() {
        assertThatThrownBy(() -> of(Map.of("../outside.java", "x")))
                .hasMessageContaining("../outside.java is no file of an agent");
        assertThatThrownBy(() -> of(Map.of("src/main/java/acme/other/Other.java", "x")))
                .hasMessageContaining("is no file of an agent");
        assertThatThrownBy(() -> of(Map.of("README.md", "x"))).hasMessageContaining("nothing under src/main/java/");
        assertThatThrownBy(() -> of(Map.of(PATH + "Big.java", "x".repeat(70_000))))
                .hasMessageContaining("longer than 64 KiB");
    }

    @Test
    void peopleReadWhatRunsWhole() {
        assertThat(of(WHOLE).lines())
                .containsExactly("README.md: 1 lines", PATH + "EchoAgent.java: 1 lines", "    class EchoAgent {}");
    }
}
