/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LocalBackendTest {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBackendTest.class);
    private final LocalBackend backend = new LocalBackend(Configs.defaults(LocalBackend.Config.class));

    @Test
    void putsTextsOfOneMeaningTogether() {
        List<float[]> vectors = backend.embed(
                List.of("How much money did we make?", "What was our profit?", "The cat sleeps on the sofa"));
        assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(dot(vectors.get(0), vectors.get(2)) + 0.2);
        assertThat(dot(vectors.get(0), vectors.get(0))).isBetween(0.999, 1.001);
    }

    @Test
    void leavesTheCallersContextLoaderAsItWas() {
        Thread.currentThread().setContextClassLoader(null);
        backend.embed(List.of("text"));
        assertThat(Thread.currentThread().getContextClassLoader()).isNull();
    }

    @Test
    void takesEmptyAndVeryLongTexts() {
        assertThat(backend.embed(List.of())).isEmpty();
        assertThat(backend.embed(List.of("", "word ".repeat(100_000))))
                .allSatisfy(vector -> assertThat(vector).hasSize(384));
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> backend.embed(List.of("text"))).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysThatAnotherBackendMayChat() {
        assertThat(backend.chat(Prompt.of("s", "u"), piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                        .isTrue());
        assertThat(backend.status().chats()).isFalse();
    }

    @Test
    void givesManyCallersTheSameVectors() {
        List<String> texts = IntStream.range(0, 20)
                .mapToObj(i -> "Customer " + i + " asks for the size of the bed")
                .toList();
        List<float[]> alone = backend.embed(texts);
        IntStream.range(0, 16).parallel().mapToObj(i -> backend.embed(texts)).forEach(together -> {
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i)).containsExactly(alone.get(i));
            }
        });
    }

    @Test
    void startsNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(i -> "Order " + i + " was returned because the collar did not fit")
                .toList();
        long start = System.nanoTime();
        backend.embed(texts);
        LOG.info("{} ms a sentence", (System.nanoTime() - start) / 1e6 / texts.size());
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .isSubsetOf(before);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
