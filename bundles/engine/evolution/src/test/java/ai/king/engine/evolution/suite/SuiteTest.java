/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {

    private static final String TESTS =
            """
            import static org.assertj.core.api.Assertions.assertThat;
            import org.junit.jupiter.api.*;
            class OneTest {
                @Test void adds() { assertThat(1 + 1).isEqualTo(2); looks(3); }
                @Test void iterates() { java.util.List.of(1).forEach(one -> assertThat(one).isOne()); }
                void looks(int n) { assertThat(n).isEqualTo(3).isNotNull(); }
            }
            """;

    @TempDir
    Path folder;

    private Suite suite(String name, String text) throws IOException {
        Path source = Files.createDirectories(folder.resolve(name)).resolve("OneTest.java");
        Files.writeString(source, text);
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        String path = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out);
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                zip.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
        return Suite.read(jar);
    }

    @Test
    void countsTheAssertionsThatATestCanComeTo() throws IOException {
        Suite suite = suite("whole", TESTS);
        assertThat(suite.tests()).containsOnlyKeys("OneTest.adds", "OneTest.iterates");
        assertThat(suite.tests().get("OneTest.adds").looks()).isEqualTo(5);
        assertThat(suite.tests().get("OneTest.iterates").looks()).isEqualTo(2);
        assertThat(suite.weaker(suite)).isEmpty();
        assertThat(suite.holds(suite)).isTrue();
        assertThat(suite.idle()).isEmpty();
    }

    @Test
    void namesWhatIsGoneSwitchedOffOrLooksAtLess() throws IOException {
        Suite before = suite("before", TESTS);
        assertThat(Suite.none().weaker(before)).containsExactly("OneTest.adds is gone", "OneTest.iterates is gone");
        Suite off = suite("off", TESTS.replace("@Test void adds", "@Test @Disabled void adds"));
        assertThat(off.weaker(before)).containsExactly("OneTest.adds is switched off");
        assertThat(off.idle()).containsExactly("OneTest.adds is switched off");
        Suite less = suite("less", TESTS.replace(".isNotNull()", ""));
        assertThat(less.weaker(before)).containsExactly("OneTest.adds looks at less: 5 -> 4 assertions");
        assertThat(less.holds(before)).isFalse();
    }

    @Test
    void aContractThatIsNoLongerAskedIsGone() throws IOException {
        String asking = "class OneTest extends ai.king.kit.AgentContract {"
                + " protected ai.king.agent.Agent agent() { throw new IllegalStateException(); } }";
        Suite before = suite("asking", asking);
        assertThat(before.tests()).containsOnlyKeys("OneTest asking AgentContract");
        Suite silent = suite("silent", asking.replace("extends ai.king.kit.AgentContract", ""));
        assertThat(silent.weaker(before)).isEqualTo(List.of("OneTest asking AgentContract is gone"));
    }
}
