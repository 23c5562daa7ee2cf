/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link LeaseBench} as lines of the table. */
final class LeaseMeasure implements Measure {

    private static final double LIMIT = 5_000;
    private static final double FLAT = 2;

    @Override
    public String name() {
        return "lease";
    }

    /** What JMH sampled of one method with one number of agents. */
    private record Sampled(double median, double p99) {}

    @Override
    public List<Line> take(Setting setting) {
        Map<Integer, Sampled> through = new TreeMap<>();
        Map<Integer, Sampled> without = new TreeMap<>();
        for (RunResult result : results(setting)) {
            int agents = Integer.parseInt(result.getParams().getParam("agents"));
            var statistics = result.getPrimaryResult().getStatistics();
            Sampled sampled = new Sampled(statistics.getPercentile(50), statistics.getPercentile(99));
            boolean leased = result.getPrimaryResult().getLabel().contains("through");
            (leased ? through : without).put(agents, sampled);
            setting.note(result.getPrimaryResult().getLabel() + " agents=" + agents + " p50=" + sampled.median()
                    + " ns p99=" + sampled.p99() + " ns");
        }
        List<Line> lines = new ArrayList<>();
        double one = through.get(1).median();
        through.forEach((agents, ours) -> {
            double flat = ours.median() / one;
            lines.add(new Line(
                    "call through a lease, " + agents + (agents == 1 ? " agent" : " agents"),
                    text(ours),
                    text(without.get(agents)) + " without a lease",
                    Series.times(flat) + " of one agent",
                    "5 us at the median, flat",
                    ours.median() < LIMIT && flat < FLAT,
                    "two counters and one look into a hash table; of the figure about 30 ns are the timer's"));
        });
        return lines;
    }

    private static Collection<RunResult> results(Setting setting) {
        try {
            return new Runner(new OptionsBuilder()
                            .include(LeaseBench.class.getSimpleName())
                            .measurementIterations(setting.rounds())
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Sampled sampled) {
        return Times.text(sampled.median()) + ", " + Times.text(sampled.p99());
    }
}
