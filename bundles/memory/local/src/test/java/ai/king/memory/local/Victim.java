/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import ai.king.kit.Configs;
import ai.king.memory.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Remembers and forgets, says what was acknowledged, and is killed in the middle of it. */
final class Victim {

    private Victim() {}

    static LocalMemory open(Path folder) throws IOException {
        return new LocalMemory(Configs.of(
                LocalMemory.Config.class,
                Map.of("folder", folder.resolve("index").toString())));
    }

    static Entry entry(int number) {
        return new Entry(
                "e" + number,
                "n" + number % 2,
                "victim",
                "text " + number,
                false,
                Map.of("n", "" + number),
                Instant.EPOCH);
    }

    static float[] vector(int number) {
        Random random = new Random(number);
        float[] vector = new float[32];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int first = Integer.parseInt(args[1]);
        int life = Integer.parseInt(args[2]);
        LocalMemory memory = open(folder);
        Thread executioner = new Thread(() -> {
            try {
                Thread.sleep(life);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        });
        executioner.start();
        for (int number = first; ; number++) {
            memory.remember(entry(number), vector(number));
            say(folder.resolve("said"), number);
            if (number % 10 == 9) {
                memory.forget("n" + (number - 5) % 2, List.of("e" + (number - 5)));
                say(folder.resolve("forgotten"), number - 5);
            }
        }
    }

    private static void say(Path file, int number) throws IOException {
        Files.write(
                file,
                (number + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
