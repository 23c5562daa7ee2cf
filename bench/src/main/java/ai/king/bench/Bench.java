/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Runs the measures that are named, or all, and prints one table. Arguments: names of measures, {@code --rounds N}. System
 * property {@code king.home}: the repository. Ends with 1 when a figure misses its limit or could not be taken.
 */
public final class Bench {

    private static final int ROUNDS = 5;

    private final List<Measure> all = List.of(
            new BootMeasure(),
            new PageMeasure(),
            new StepMeasure(),
            new LeaseMeasure(),
            new SampleMeasure(),
            new SwapMeasure(),
            new RollbackMeasure(),
            new CampaignMeasure(),
            new AgentsMeasure(),
            new JailMeasure(),
            new MutantsMeasure(),
            new GatewayMeasure(),
            new ReactMeasure(),
            new PrefixMeasure(),
            new MemoryMeasure());

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Logger.getLogger("").setLevel(Level.WARNING);
        int code = new Bench().run(out, List.of(arguments));
        out.flush();
        // Databases and frameworks leave threads of their own behind.
        System.exit(code);
    }

    private int run(PrintWriter out, List<String> arguments) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(arguments);
        int rounds = ROUNDS;
        int option = names.indexOf("--rounds");
        if (option >= 0 && option + 1 < names.size()) {
            rounds = Integer.parseInt(names.remove(option + 1));
            names.remove(option);
        }
        Set<String> known = all.stream().map(Measure::name).collect(Collectors.toSet());
        if (!known.containsAll(names)) {
            out.println("There is no such measure. There are: "
                    + all.stream().map(Measure::name).collect(Collectors.joining(" ")));
            return 2;
        }
        Path home = Path.of(System.getProperty("king.home", "")).toAbsolutePath();
        Path work = Files.createDirectories(home.resolve("bench/target/run"));
        Table table = new Table();
        for (Measure measure : all) {
            if (names.isEmpty() || names.contains(measure.name())) {
                take(measure, home, work, rounds, table, out);
            }
        }
        String text = table.text();
        out.println(text);
        Files.writeString(work.resolve("table.md"), text);
        return table.held() ? 0 : 1;
    }

    private static void take(Measure measure, Path home, Path work, int rounds, Table table, PrintWriter out)
            throws IOException, InterruptedException {
        out.println("Measuring " + measure.name() + " ...");
        try (PrintWriter raw = new PrintWriter(Files.newBufferedWriter(work.resolve(measure.name() + ".txt")), true)) {
            measure.take(new Setting(home, work, rounds, raw)).forEach(table::add);
        } catch (IOException | SQLException | RuntimeException e) {
            table.failed(measure.name(), e.toString());
        }
    }
}
