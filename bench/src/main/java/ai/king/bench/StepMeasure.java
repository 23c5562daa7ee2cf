/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What storing costs: a step with one call, a vote, and the way back of a parked step, beside single inserts into the same
 * PostgreSQL. The step's tool does nothing, so the time from one step's start to the next one's is what the platform adds:
 * intent, result, end, and the claim of the next.
 */
final class StepMeasure implements Measure {

    private static final int INSERTS = 1000;
    private static final int STEPS = 40;
    private static final int TURNS = 10;
    private static final int PARKED = 100;
    private static final int TOGETHER = 8;
    private static final int WARM = 10;

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException {
        try (Plant plant = Plant.open(setting)) {
            Inserts inserts = new Inserts(plant.dataSource());
            Chains chains = new Chains(plant);
            // A platform runs for weeks: what is measured is what its compiled code costs.
            inserts.one(INSERTS * WARM, new Times());
            for (String kind : List.of("write", "read", "none")) {
                chains.run(kind, STEPS, TURNS * WARM / 2, new Times());
            }
            for (int i = 0; i < WARM * TURNS; i++) {
                chains.park(PARKED / TURNS, () -> inserts.one(1, new Times()), new Times(), new Times());
            }
            for (int i = 0; i < WARM * TURNS; i++) {
                chains.together("write", STEPS, TOGETHER);
            }
            List<Line> lines = new ArrayList<>(oneByOne(setting, inserts, chains));
            lines.add(atOnce(setting, inserts, chains));
            return lines;
        }
    }

    private static List<Line> oneByOne(Setting setting, Inserts inserts, Chains chains)
            throws SQLException, InterruptedException {
        Series insert = new Series();
        Series write = new Series();
        Series read = new Series();
        Series none = new Series();
        Series beside = new Series();
        Series vote = new Series();
        Series resume = new Series();
        for (int round = 0; round < setting.rounds(); round++) {
            List.of(insert, write, read, none, beside, vote, resume).forEach(Series::round);
            // Turn by turn in small pieces: what else the machine does meets all of them alike.
            for (int turn = 0; turn < TURNS; turn++) {
                inserts.one(INSERTS / TURNS, insert.last());
                chains.run("write", STEPS, 1, write.last());
                inserts.one(INSERTS / TURNS, insert.last());
                chains.run("read", STEPS, 1, read.last());
                inserts.one(INSERTS / TURNS, insert.last());
                chains.run("none", STEPS, 1, none.last());
                // A vote comes once in a while, and so does the insert beside it: neither finds warm what a loop does.
                chains.park(PARKED / TURNS, () -> inserts.one(1, beside.last()), vote.last(), resume.last());
            }
            setting.note("round=" + round + " insert " + insert.last() + "; write " + write.last() + "; read "
                    + read.last() + "; none " + none.last() + "; beside " + beside.last() + "; vote " + vote.last()
                    + "; resume " + resume.last());
        }
        String bound = "transactions one after the other, each one round trip and a flush of the log";
        return List.of(
                inInserts(
                        "stored step with one effect call",
                        write,
                        insert,
                        6,
                        12,
                        bound + ": intent; result, end and the next claim"),
                inInserts(
                        "stored step with one READ call",
                        read,
                        insert,
                        5,
                        10,
                        bound + ": result, end and the next claim"),
                inInserts("stored step without a call", none, insert, 5, 10, bound + ": end and the next claim"),
                inInserts(
                        "vote acknowledged",
                        vote,
                        beside,
                        4,
                        Double.POSITIVE_INFINITY,
                        "four round trips: approval, goal and steps are read, then nine statements go with the commit"),
                new Line(
                        "parked step goes on after the vote",
                        resume.text(),
                        insert.text() + " an insert",
                        Series.times(resume.ratio(insert, Times::median)),
                        "p99 50 ms",
                        resume.p99() < 50e6,
                        "the queue's pick, the take and the claim: four commits"));
    }

    private static Line inInserts(String what, Series ours, Series insert, double median, double p99, String bound) {
        double middle = ours.ratio(insert, Times::median);
        double tail = ours.ratio(insert, Times::p99);
        String limit = Double.isInfinite(p99)
                ? String.format(Locale.ROOT, "%.0fx", median)
                : String.format(Locale.ROOT, "%.0fx, %.0fx", median, p99);
        return new Line(
                what,
                ours.text(),
                insert.text() + " an insert",
                Series.times(middle) + ", " + Series.times(tail),
                limit,
                middle <= median && tail <= p99,
                bound);
    }

    private static Line atOnce(Setting setting, Inserts inserts, Chains chains)
            throws SQLException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < setting.rounds(); round++) {
            List<Double> inserted = new ArrayList<>();
            List<Double> performed = new ArrayList<>();
            for (int turn = 0; turn < TURNS; turn++) {
                inserted.add(inserts.together(TOGETHER, INSERTS / 2));
                performed.add(chains.together("write", STEPS, TOGETHER));
            }
            double each = BootMeasure.middle(inserted);
            double steps = BootMeasure.middle(performed);
            theirs.add(each);
            ours.add(steps);
            ratios.add(steps / each);
            setting.note("round=" + round + " inserts/s=" + Math.round(each) + " steps/s=" + Math.round(steps));
        }
        double ratio = BootMeasure.middle(ratios);
        return new Line(
                "stored steps with an effect, 8 at once",
                String.format(Locale.ROOT, "%.0f /s", BootMeasure.middle(ours)),
                String.format(Locale.ROOT, "%.0f inserts/s", BootMeasure.middle(theirs)),
                Series.times(ratio),
                "at least 0.15x",
                ratio >= 0.15,
                "processor time of this process and of the database's, on two cores");
    }
}
