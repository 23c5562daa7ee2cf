/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changed agents through the pipeline: the test that does it, with a fresh seed, as lines of the table. */
final class MutantsMeasure implements Measure {

    private static final String MODULE = "bundles/engine/evolution";
    private static final String MANY = System.getProperty("king.mutants", "40");
    private static final String GATE = "touching gate, evaluator, thresholds or ledger";
    private static final String GOOD = "good ones";

    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, InterruptedException {
        Path figures = setting.home().resolve(MODULE + "/target/mutants.json");
        Files.deleteIfExists(figures);
        Path log = setting.work().resolve("mutants.log");
        long seed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        run(setting, log, seed);
        if (!Files.exists(figures)) {
            throw new IOException("the test did not end; see " + log);
        }
        setting.note(Files.readString(setting.home().resolve(MODULE + "/target/mutants.txt")));
        Map<String, Object> found = Json.readMap(Files.readString(figures));
        List<Line> lines = new ArrayList<>();
        ((Map<?, ?>) found.get("families"))
                .forEach((family, counts) -> lines.add(line(String.valueOf(family), (Map<?, ?>) counts, seed)));
        return lines;
    }

    private static void run(Setting setting, Path log, long seed) throws IOException, InterruptedException {
        List<String> command = List.of(
                "mvn",
                "-B",
                "-ntp",
                "-Dspotless.check.skip=true",
                "package",
                "-pl",
                MODULE,
                "-am",
                "-Dtest=MutantsTest",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dking.mutants=" + MANY,
                "-Dking.seed=" + seed);
        new ProcessBuilder(command)
                .directory(setting.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static Line line(String family, Map<?, ?> counts, long seed) {
        long all = count(counts, "all");
        long through = count(counts, "NOTHING");
        String stopped = Stream.of("CHECK", "REPLAY", "CANARY")
                .map(by -> by.toLowerCase(java.util.Locale.ROOT) + " " + count(counts, by))
                .collect(Collectors.joining(", "));
        boolean gate = family.equals(GATE);
        boolean good = family.equals(GOOD);
        return new Line(
                "mutants: " + family,
                through + " of " + all + " let through",
                "stopped by " + stopped,
                "",
                gate ? "0 let through" : good ? "10 % refused" : "none",
                gate ? through == 0 : !good || (all - through) * 10 <= all,
                "seed " + seed);
    }

    private static long count(Map<?, ?> counts, String key) {
        return counts.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
