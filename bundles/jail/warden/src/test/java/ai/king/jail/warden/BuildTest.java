/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.agent.code.CodeAgent;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Built;
import ai.king.evolution.Jail.Source;
import ai.king.evolution.Jail.Trial;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source becomes a bundle in the jail, and the bundle is tried as any other. */
final class BuildTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path ECHO = Path.of("../../agent/echo/src");

    @TempDir
    private static Path folder;

    private static Warden warden;

    @BeforeAll
    static void prepare() {
        warden = Wardens.standard();
        assumeTrue(!warden.tier().equals("NONE"), () -> "no jail on this machine: " + warden.missing());
    }

    @AfterAll
    static void close() {
        warden.close();
    }

    /** The reference agent under a name of its own. */
    private static Map<String, String> echo() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : new String[] {
            "main/java/ai/king/agent/echo/EchoAgent.java",
            "main/java/ai/king/agent/echo/package-info.java",
            "test/java/ai/king/agent/echo/EchoAgentTest.java",
            "test/java/ai/king/agent/echo/EchoAgentContractTest.java"
        }) {
            files.put(
                    "src/" + file.replace("ai/king/agent/echo", "acme/echo"),
                    Files.readString(ECHO.resolve(file)).replace("ai.king.agent.echo", "acme.echo"));
        }
        return files;
    }

    private static Built build(Map<String, String> files) {
        return warden.build(new Source("acme.echo", "1.0.0.x1", files), LIMIT);
    }

    @Test
    void theReferenceAgentIsBuiltAndPassesItsTrialWithItsOwnTests() throws IOException {
        Built built = build(echo());
        assertThat(built.errors()).isEmpty();
        Path bundle = Files.write(folder.resolve("bundle.jar"), built.bundle().orElseThrow());
        Path tests = Files.write(folder.resolve("tests.jar"), built.tests().orElseThrow());
        try (JarFile jar = new JarFile(bundle.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .isEqualTo("1.0.0.x1");
            assertThat(jar.getManifest().getMainAttributes().getValue("Import-Package"))
                    .contains("ai.king.agent;version=\"[1.");
            assertThat(jar.getEntry("OSGI-INF/acme.echo.EchoAgent.xml")).isNotNull();
            assertThat(jar.getEntry("OSGI-INF/metatype/acme.echo.EchoAgent$Config.xml"))
                    .isNotNull();
        }
        Trial trial = warden.test(bundle, Optional.of(tests), Map.of(), LIMIT);
        assertThat(trial.findings()).as("%s", trial).allMatch(each -> each.verdict() == Verdict.PASS);
        assertThat(trial.findings()).extracting(Finding::check).containsExactly("contract", "sandbox");
    }

    @Test
    void whatTheAgentCodeWritesIsBuiltAndPassesItsTrial() throws Exception {
        Map<?, ?> source = written("analytics lacks cohort retention");
        Map<String, String> files = new LinkedHashMap<>();
        ((Map<?, ?>) source.get("files")).forEach((path, text) -> files.put(path.toString(), text.toString()));
        Built built = warden.build(new Source(source.get("plug").toString(), "1.0.0.x1", files), LIMIT);
        assertThat(built.errors()).isEmpty();
        Path bundle = Files.write(folder.resolve("written.jar"), built.bundle().orElseThrow());
        Path tests =
                Files.write(folder.resolve("written-tests.jar"), built.tests().orElseThrow());
        Trial trial = warden.test(bundle, Optional.of(tests), Map.of(), LIMIT);
        assertThat(trial.findings()).as("%s", trial).allMatch(each -> each.verdict() == Verdict.PASS);
        assertThat(trial.testsRun()).isEqualTo(11 + 7);
    }

    private static Map<?, ?> written(String goal) throws ReflectiveOperationException {
        Object config = Configs.defaults(Class.forName(CodeAgent.class.getName() + "$Config"));
        Agent agent = (Agent) CodeAgent.class.getConstructors()[0].newInstance(config);
        Task task = new Task("s-1", "create", goal, Map.of(), Map.of(), List.of());
        return (Map<?, ?>)
                ((Outcome.Done) agent.perform(task, new FakeContext())).data().get("source");
    }

    @Test
    void whatDoesNotCompileIsToldWithFileAndLine() throws IOException {
        Map<String, String> files = echo();
        files.computeIfPresent(
                "src/main/java/acme/echo/EchoAgent.java",
                (path, text) -> text.replace("prefix = config.prefix();", "prefix = confg.prefix();"));
        Built built = build(files);
        assertThat(built.bundle()).isEmpty();
        assertThat(built.errors())
                .singleElement()
                .asString()
                .contains("acme/echo/EchoAgent.java:", "cannot find symbol", "confg");
    }

    @Test
    void onlyTheApiIsThereToCompileAgainst() throws IOException {
        Map<String, String> files = echo();
        files.put(
                "src/main/java/acme/echo/Other.java",
                "package acme.echo; final class Other { ai.king.kit.FakeContext fake; org.osgi.framework.Bundle bundle; }");
        assertThat(build(files).errors()).hasSize(2).allSatisfy(error -> assertThat(error)
                .contains("Other.java:1"));
    }

    @Test
    void aPathThatLeadsElsewhereAndABombAreRefused() {
        assertThat(build(Map.of("src/main/java/../../../evil.java", "class Evil {}"))
                        .errors())
                .singleElement()
                .asString()
                .contains("leads elsewhere");
        String deep =
                "package acme.echo; class Deep { int x = " + "(".repeat(60_000) + "1" + ")".repeat(60_000) + "; }";
        assertThat(build(Map.of("src/main/java/acme/echo/Deep.java", deep)).bundle())
                .isEmpty();
    }
}
