/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.plug.testing.PlainFramework;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

class ResolutionCheckTest {

    @TempDir
    private Path folder;

    private PlainFramework framework;

    @BeforeEach
    void boot() {
        framework = new PlainFramework(folder.resolve("cache"));
    }

    @AfterEach
    void stop() {
        framework.close();
    }

    @Test
    void acceptsWhatTheBuildMakes() throws Exception {
        Answer answer = ask(PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0"));
        assertThat(answer.verdict()).as(answer.detail()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail()).contains("wires").contains("no other bundle would be refreshed");
        assertThat(framework.context().getBundle("king:fixture")).isNull();
    }

    @Test
    void saysWhatNobodyProvides() throws Exception {
        Answer answer = ask(importing("far.away"));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail()).contains("nothing here provides").contains("far.away");
    }

    @Test
    void refusesTwoVersionsOfOnePackageThatMeetInItsClassSpace() throws Exception {
        install("old", Map.of("Export-Package", "shape;version=1.0.0"));
        install("fresh", Map.of("Export-Package", "shape;version=2.0.0"));
        install(
                "maker",
                Map.of(
                        "Export-Package", "maker;version=1.0.0;uses:=shape",
                        "Import-Package", "shape;version=\"[1,2)\""));
        assertThat(framework.context().getBundle(0).adapt(FrameworkWiring.class).resolveBundles(null))
                .isTrue();
        assertThat(ask(importing("maker,shape;version=\"[1,2)\"")).verdict()).isEqualTo(Verdict.PASS);
        Answer answer = ask(importing("maker,shape;version=\"[2,3)\""));
        assertThat(answer.verdict()).as(answer.detail()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail()).contains("Uses constraint violation").contains("shape");
    }

    private Answer ask(PlugSource source) throws Exception {
        Path file = Files.write(folder.resolve("candidate.jar"), source.jar());
        return new ResolutionCheck(framework.context())
                .ask(new Candidate(file, PlugJar.read(file), false, Set.of(), List.of()));
    }

    private static PlugSource importing(String packages) {
        return PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0").header("Import-Package", packages + ",*");
    }

    private Bundle install(String name, Map<String, String> headers) throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", "1.0.0");
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(manifest, bytes);
        return framework.context().installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static void write(Manifest manifest, ByteArrayOutputStream bytes) throws IOException {
        new JarOutputStream(bytes, manifest).close();
    }
}
