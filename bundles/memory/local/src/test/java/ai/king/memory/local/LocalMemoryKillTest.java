/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.memory.Recalled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after the process was killed, whole, and what was forgotten is not ({@code -Dking.kills=50}). */
class LocalMemoryKillTest {

    private static final int LIVES = Integer.getInteger("king.kills", 6);

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostByAKill() throws Exception {
        for (int life = 0; life < LIVES; life++) {
            List<Integer> before = numbers("said");
            kill(before.isEmpty() ? 0 : before.get(before.size() - 1) + 1, 700 + life * 150);
            Set<Integer> forgotten = new HashSet<>(numbers("forgotten"));
            LocalMemory memory = Victim.open(folder);
            for (int number : numbers("said")) {
                List<Recalled> found =
                        memory.recall("n" + number % 2, Victim.vector(number), Map.of("n", "" + number), 1);
                boolean there = found.size() == 1 && found.get(0).entry().equals(Victim.entry(number));
                if (forgotten.contains(number)) {
                    assertThat(found).as("forgotten %s", number).isEmpty();
                } else if (number % 10 != 4) {
                    // One that was to be forgotten when the process died may be there or not.
                    assertThat(there).as("life %s, %s", life, number).isTrue();
                }
            }
            memory.close();
        }
        assertThat(numbers("said").size()).isGreaterThan(500);
    }

    private List<Integer> numbers(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path)
                ? Files.readAllLines(path).stream().map(Integer::valueOf).toList()
                : List.of();
    }

    private void kill(int first, int life) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        Integer.toString(first),
                        Integer.toString(life))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }
}
