/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample business is what its generator writes. */
class SampleTest {

    private static final Path SAMPLE =
            Path.of("../../../config/examples/pet-supplies").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void theGeneratorWritesTheSameBytesOnceMore() throws IOException, InterruptedException {
        Files.copy(SAMPLE.resolve("Generate.java"), folder.resolve("Generate.java"));
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Generate.java")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(generator.waitFor()).isZero();
        List<Path> tables = tables(SAMPLE);
        assertThat(tables(folder)).isEqualTo(tables).hasSizeGreaterThanOrEqualTo(8);
        for (Path table : tables) {
            assertThat(folder.resolve(table)).as("%s", table).hasSameBinaryContentAs(SAMPLE.resolve(table));
        }
    }

    private static List<Path> tables(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(Path::getFileName)
                    .filter(name -> name.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }
}
