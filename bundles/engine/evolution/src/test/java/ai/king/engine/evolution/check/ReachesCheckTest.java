/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.Reaches;
import ai.king.engine.evolution.testing.ToolSource;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of the hosts and files a plug reaches. */
class ReachesCheckTest {

    private static final String PLUG = "ai.king.tool.fixture";

    @TempDir
    Path folder;

    private Answer ask(PlugSource source) throws Exception {
        Path file = Files.write(folder.resolve("plug.jar"), source.jar());
        return new ReachesCheck().ask(new Candidate(file, PlugJar.read(file), false, Set.of(), List.of()));
    }

    private static PlugSource tool(String reaches, String statements) {
        return ToolSource.tool(PLUG, "fixture.do", reaches, statements);
    }

    @Test
    void tellsWhatIsDeclared() throws Exception {
        Answer answer = ask(tool("https://*.example:8443", "new java.net.Socket(\"a\", 1);"));
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail()).endsWith("says that it reaches https://*.example:8443");
    }

    @Test
    void tellsOfAToolThatDeclaresNoneWhatItsCodeCouldReachWith() throws Exception {
        Answer answer = ask(tool("", "new java.net.Socket(\"a\", 1); java.nio.file.Files.list(null);"));
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail())
                .endsWith("does not say what it reaches; its code could reach any host or file with java.net.Socket,"
                        + " java.nio.file.Files");
        assertThat(ask(tool("", "")).detail()).endsWith("its own code opens no connection and no file");
    }

    @Test
    void refusesATextThatIsNoHostAndACodeThatContradictsIt() throws Exception {
        assertThat(ask(tool("anything", ""))).extracting(Answer::verdict).isEqualTo(Verdict.FAIL);
        assertThat(ask(tool("none", "")).verdict()).isEqualTo(Verdict.PASS);
        Answer lie = ask(tool("none", "java.net.http.HttpClient.newHttpClient();"));
        assertThat(lie.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(lie.detail()).contains("reaches nothing", "java.net.http.HttpClient", Reaches.PROPERTY);
    }

    @Test
    void anAgentReachesOnlyWhatItIsGiven() throws Exception {
        Answer answer = ask(PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0"));
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail()).contains("is an agent");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example, api.example, true",
        "https://api.example, API.example:443, true",
        "https://api.example, example, false",
        "https://api.example:8443, api.example, false",
        "https://*.example, shop.example, true",
        "https://*.example, example.evil, false",
        "https://a.example, axexample, false",
        "https://*, anything.example:81, true",
        "file:/tmp/*, tmp, false",
        "none, none, false"
    })
    void coversTheHostsItNames(String declared, String host, boolean covered) {
        assertThat(new Reaches(List.of(declared)).covers(host)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "com.fasterxml.jackson.databind, Tool, true",
        "com.fasterxml.jackson.databind, Agent, false",
        "org.w3c.dom, Tool, true",
        "org.osgi.framework, Tool, false",
        "ai.king.tool, Tool, true",
        "ai.king.store, Tool, false"
    })
    void toolsMayUseWhatThePlatformGivesThem(String name, String type, boolean may) {
        assertThat(ManifestCheck.importable(name, type)).isEqualTo(may);
    }
}
