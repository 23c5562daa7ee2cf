/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMemoryTest {

    @TempDir
    Path folder;

    private LocalMemory open() throws IOException {
        return new LocalMemory(Configs.of(LocalMemory.Config.class, Map.of("folder", folder.toString())));
    }

    private static Entry entry(String id, String text) {
        return new Entry(id, "n", "pat", text, false, Map.of("of", id), Instant.EPOCH);
    }

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[24];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static void fill(LocalMemory memory, int from, int to) {
        memory.remember(
                IntStream.range(from, to)
                        .mapToObj(i -> entry("e" + i, "text " + i))
                        .toList(),
                IntStream.range(from, to).mapToObj(LocalMemoryTest::random).toList());
    }

    private static Set<String> ids(List<Recalled> found) {
        Set<String> ids = new HashSet<>();
        found.forEach(each -> ids.add(each.entry().id()));
        return ids;
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList();
        }
    }

    /** How many of the entries are found as the nearest to their own vector. */
    private static long found(LocalMemory memory, int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> ids(memory.recall("n", random(i), Map.of(), 1)).contains("e" + i))
                .count();
    }

    @Test
    void aStartTakesTheGraphThatWasKeptAndWhatCameAfterIt() throws Exception {
        LocalMemory first = open();
        fill(first, 0, 5_500);
        first.close();
        assertThat(files("graph-")).hasSize(1);
        LocalMemory second = open();
        assertThat(found(second, 0, 5_500)).isGreaterThan(5_400);
        fill(second, 5_500, 6_000);
        assertThat(found(second, 5_500, 6_000)).isGreaterThan(490);
        second.forget("n", List.of("e10", "e5600"));
        assertThat(ids(second.recall("n", random(10), Map.of(), 5))).doesNotContain("e10");
        second.close();
        LocalMemory third = open();
        assertThat(found(third, 0, 6_000)).isGreaterThan(5_880);
        assertThat(ids(third.recall("n", random(5600), Map.of(), 5))).doesNotContain("e5600");
        third.close();
    }

    @Test
    void aGraphThatIsLostOrBrokenIsMadeAgain() throws Exception {
        LocalMemory first = open();
        fill(first, 0, 3_000);
        first.close();
        Path graph = files("graph-").get(0);
        byte[] bytes = Files.readAllBytes(graph);
        for (byte[] broken :
                List.of(new byte[0], new byte[] {0, 0, 0, 1}, java.util.Arrays.copyOf(bytes, bytes.length / 2))) {
            Files.write(graph, broken);
            LocalMemory again = open();
            assertThat(found(again, 0, 300)).isGreaterThan(290);
            assertThat(found(again, 2_700, 3_000)).isGreaterThan(290);
            again.close();
        }
    }

    @Test
    void whatIsForgottenIsNowhereOnTheDisk() throws Exception {
        LocalMemory memory = open();
        memory.remember(entry("secret-id", "the password of the safe is heliotrope"), random(1));
        memory.remember(entry("other", "stays"), random(2));
        memory.forget("n", List.of("secret-id"));
        memory.close();
        for (Path file : files("log-")) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(content)
                    .doesNotContain("heliotrope")
                    .doesNotContain("secret-id")
                    .contains("stays");
        }
        assertThat(ids(open().recall("n", random(1), Map.of(), 5))).containsExactly("other");
    }

    @Test
    void aTornLogEndsBeforeTheTearAndGoesOnFromThere() throws Exception {
        LocalMemory first = open();
        fill(first, 0, 100);
        first.close();
        Path log = files("log-").get(0);
        String content = Files.readString(log, StandardCharsets.ISO_8859_1);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(content.indexOf("text 60"));
            file.write('X');
        }
        LocalMemory second = open();
        assertThat(found(second, 0, 60)).isEqualTo(60);
        assertThat(found(second, 60, 100)).isZero();
        fill(second, 60, 100);
        second.close();
        assertThat(found(open(), 0, 100)).isEqualTo(100);
    }

    @Test
    void twoAtOnceHaveAFolderEach() throws Exception {
        LocalMemory old = open();
        fill(old, 0, 10);
        LocalMemory fresh = open();
        fill(fresh, 100, 110);
        assertThat(ids(fresh.recall("n", random(1), Map.of(), 50))).hasSize(10).allMatch(id -> id.length() == 4);
        old.close();
        fresh.close();
        assertThat(ids(open().recall("n", random(1), Map.of(), 50))).hasSize(10).allMatch(id -> id.length() == 2);
    }

    @Test
    void whatIsRememberedAgainAsItIsTakesNoSpace() throws Exception {
        LocalMemory memory = open();
        for (int i = 0; i < 50; i++) {
            fill(memory, 0, 100);
        }
        memory.close();
        String content = Files.readString(files("log-").get(0), StandardCharsets.ISO_8859_1);
        assertThat(content.split("text 42", -1)).hasSize(2);
    }

    @Test
    void aStartGivesBackTheSpaceOfWhatWasReplaced() throws Exception {
        LocalMemory memory = open();
        String large = "x".repeat(90_000);
        List<Entry> entries = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 1_700; i++) {
            entries.add(entry("e" + i % 10, i + large));
            vectors.add(random(i));
        }
        memory.remember(entries, vectors);
        memory.close();
        assertThat(files("log-")).hasSizeGreaterThan(1);
        LocalMemory again = open();
        assertThat(files("log-")).hasSize(1);
        assertThat(again.recall("n", random(1_695), Map.of("of", "e5"), 5))
                .extracting(found -> found.entry().text())
                .containsExactly(1_695 + large);
        again.close();
    }
}
