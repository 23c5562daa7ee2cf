/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the start of the process to ready, both on a fresh data folder: our distribution and plain Karaf. */
final class BootMeasure implements Measure {

    private static final double LIMIT = 2.0;
    private static final int SETTLE_MILLIS = 3000;

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, InterruptedException {
        Path king = Karaf.unpack(distribution(setting.home()), setting.folder("king"));
        Path plain = Karaf.unpack(
                setting.home().resolve("bench/target/peers/apache-karaf-4.4.10.tar.gz"), setting.folder("plain"));
        Series ours = new Series();
        Series theirs = new Series();
        List<Double> ourMemory = new ArrayList<>();
        List<Double> theirMemory = new ArrayList<>();
        // The first turn of each only warms the disk's cache.
        for (int round = -1; round < setting.rounds(); round++) {
            try (Karaf karaf = Karaf.plain(plain, setting.folder("plain-data"))) {
                keep(setting, "plain", karaf, round, theirs, theirMemory);
            }
            try (Karaf karaf = Karaf.king(king, setting.folder("king-data"), Map.of())) {
                keep(setting, "king", karaf, round, ours, ourMemory);
            }
        }
        double ratio = ours.ratio(theirs, Times::median);
        double mine = middle(ourMemory);
        double other = middle(theirMemory);
        return List.of(
                new Line(
                        "boot to ready, fresh",
                        ours.text(),
                        theirs.text() + " Karaf 4.4.10 standard to its SSH port",
                        Series.times(ratio),
                        "2.0x",
                        ratio <= LIMIT,
                        "class loading and bundle resolution on two cores"),
                new Line(
                        "resident memory after boot",
                        megabytes(mine),
                        megabytes(other) + " Karaf 4.4.10 standard",
                        Series.times(mine / other),
                        "none",
                        true,
                        "class metadata and the heap as it grew while starting"));
    }

    /** What was built last, or the one that the system property {@code king.distribution} names. */
    static Path distribution(Path home) {
        String chosen = System.getProperty("king.distribution", "");
        return chosen.isEmpty()
                ? home.resolve("karaf-distribution/assembly/target/ai.king.distribution-1.0.0-SNAPSHOT.tar.gz")
                : Path.of(chosen);
    }

    private static void keep(Setting setting, String who, Karaf karaf, int round, Series series, List<Double> memory)
            throws IOException, InterruptedException {
        double cpu = karaf.cpu().toMillis() / 1000.0;
        Thread.sleep(SETTLE_MILLIS);
        double resident = karaf.memory("VmRSS");
        setting.note(who + " round=" + round + " boot=" + Times.text(karaf.boot()) + " cpu=" + cpu + " s rss="
                + megabytes(resident));
        if (round >= 0) {
            series.round().add(karaf.boot());
            memory.add(resident);
        }
    }

    static double middle(List<Double> values) {
        return Series.middle(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
