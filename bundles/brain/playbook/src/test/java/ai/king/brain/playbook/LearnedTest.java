/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearnedTest {

    private static final Path FILE = Path.of("src/main/resources/ai/king/brain/playbook", Learned.FILE);

    private final List<Example> examples = Example.shipped();

    /** {@code mvn test -Dking.learn=true} writes the file anew after the examples or the model have changed. */
    @Test
    void shipsTheVectorsOfTheShippedModelForTheShippedExamples() throws IOException {
        List<float[]> made = new EmbeddingMind()
                .embed(examples.stream().map(Example::text).toList())
                .orElseThrow();
        if (Boolean.getBoolean("king.learn")) {
            Files.write(FILE, Learned.write(examples, made));
        }
        Optional<List<float[]>> shipped = Learned.read(Files.readAllBytes(FILE), examples);
        assertThat(shipped)
                .as("vectors.bin is about other examples: run the tests with -Dking.learn=true and commit it")
                .isPresent();
        for (int i = 0; i < made.size(); i++) {
            double alike = Vectors.dot(
                    Vectors.unit(made.get(i)), Vectors.unit(shipped.get().get(i)));
            assertThat(alike).as(examples.get(i).text()).isGreaterThan(0.999);
        }
    }

    @Test
    void saysNothingAboutOtherExamples() throws IOException {
        byte[] file = Learned.write(examples.subList(0, 2), List.of(new float[] {1, 0}, new float[] {0, -1}));
        assertThat(Learned.read(file, examples.subList(0, 2)).orElseThrow().get(1))
                .containsExactly(0, -1);
        assertThat(Learned.read(file, examples.subList(1, 3))).isEmpty();
    }
}
