/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.engine.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The mix under change and death: stored calls over HTTP on two real nodes while bundles, configurations and a jailed agent are
 * swapped and one node is killed; calls in process while their bundle is swapped. Beside it the usual ways: nodes restarted
 * behind a proxy, and a bundle updated as OSGi alone does it.
 */
final class CampaignMeasure implements Measure {

    private static final int SWAPS = Integer.getInteger("king.swaps", 40);
    private static final int RATE = Integer.getInteger("king.rate", 300);
    private static final int CALLERS = 16;
    private static final int IN_PROCESS_SWAPS = 50;
    /** A platform runs for weeks: what is measured is what its compiled code costs. */
    private static final long WARM_MILLIS = 90_000;

    private static final long QUIET_MILLIS = 15_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final String OPEN =
            "select count(*) from goal where status not in ('COMPLETED', 'FAILED', 'CANCELLED')";

    @Override
    public String name() {
        return "campaign";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        Path home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        try (TestDatabase database = TestDatabase.postgresql(Postgres.server());
                Karaf living = SwapMeasure.node(setting, home, database);
                Karaf dying = SwapMeasure.node(setting, home, database)) {
            lines.addAll(new Run(setting, database, home, living, dying).lines());
            lines.add(SwapMeasure.restarts(setting, home, database, living, Client.login(living.port())));
        }
        lines.addAll(inProcess(setting));
        return lines;
    }

    private static List<Line> inProcess(Setting setting) throws IOException, InterruptedException {
        InProcessLoad.Result leased;
        InProcessLoad.Result updated;
        try (InProcessLoad load = new InProcessLoad()) {
            leased = load.leased(IN_PROCESS_SWAPS);
        }
        try (InProcessLoad load = new InProcessLoad()) {
            updated = load.updated(IN_PROCESS_SWAPS);
        }
        setting.note("in process leased " + leased + "; updated " + updated);
        return List.of(new Line(
                "calls in process failed or cut off while their bundle is swapped",
                leased.toString(),
                updated + " with Bundle.update",
                "",
                "0",
                leased.failed() == 0,
                "leases: the old bundle goes when its last call has ended"));
    }

    /** One run on two nodes. */
    private static final class Run {

        private final Setting setting;
        private final TestDatabase database;
        private final Karaf living;
        private final Karaf dying;
        private final Swaps swaps;
        private final Series quiet = new Series();
        private final Series swapping = new Series();
        private double rate;
        private long storedUnanswered;
        private int brokenBefore;

        Run(Setting setting, TestDatabase database, Path home, Karaf living, Karaf dying) {
            this.setting = setting;
            this.database = database;
            this.living = living;
            this.dying = dying;
            swaps = new Swaps(database.store(), database.payloads(), home.resolve("plugs"));
        }

        List<Line> lines() throws IOException, SQLException, InterruptedException {
            Client client = Client.login(living.port());
            List<String> shops = SwapMeasure.shops(client, SWAPS);
            String parked = SwapMeasure.park(client);
            applied(swaps.jailed("guest"), "");
            long before = Long.parseLong(one("select count(*) from goal"));
            Recorder recorder;
            try (Proxy proxy = new Proxy()) {
                proxy.before(living.port(), dying.port());
                recorder = new Recorder(client.at(proxy.port()), RATE, CALLERS, List.of("echo", "guest"), shops);
                try (recorder) {
                    change(recorder, proxy);
                }
            }
            storedUnanswered = Long.parseLong(one("select count(*) from goal")) - before - recorder.answered();
            settle();
            int broken = recorder.broken();
            recorder.breaks().forEach(why -> setting.note("without an answer: " + why));
            List<String> lost = recorder.askAgain(client);
            String resumed = SwapMeasure.resume(client, parked);
            lost.forEach(one -> setting.note("lost: " + one));
            recorder.failures().forEach(one -> setting.note("failed: " + one));
            long twice = Long.parseLong(one("select count(*) from price_change")) - recorder.effects();
            long orders = Long.parseLong(one("select count(*) from purchase_order"));
            // While both nodes live nothing may break off at all.
            int wrong = lost.size() + recorder.failures().size() + brokenBefore;
            setting.note("answered=" + recorder.answered() + " broken=" + broken + " effects=" + recorder.effects()
                    + " doubled or missing=" + twice + " parked " + resumed + " orders=" + orders);
            boolean exact = twice == 0 && orders == 1 && resumed.equals("COMPLETED");
            return List.of(
                    new Line(
                            "stored calls over HTTP, two nodes, " + SWAPS
                                    + " swaps, one node killed: accepted and not answered",
                            wrong + " of " + recorder.answered() + " (" + Math.round(rate) + "/s of " + RATE
                                    + " wanted, " + recorder.longOnes()
                                    + " of 30 s, half of the short ones in the jail)",
                            broken + " broke off with the node, of which " + storedUnanswered
                                    + " were stored and went on at the other, the rest unstored",
                            "",
                            "0",
                            wrong == 0,
                            "processor time: nodes, database, callers and jail share it"),
                    new Line(
                            "effects done twice or not at all",
                            twice + " of " + recorder.effects() + ", parked step " + resumed + " with " + orders
                                    + " order",
                            "none",
                            "",
                            "0",
                            exact,
                            "keys of calls; the intent is stored before the effect"),
                    new Line(
                            "stored calls a second until the death, swaps and all, of " + CALLERS + " callers",
                            Math.round(rate) + "/s",
                            "none",
                            Series.times(rate / RATE) + " of the wanted",
                            RATE + "/s",
                            rate >= RATE * 0.95,
                            "processor time: nodes, database, callers and jail share it"),
                    new Line(
                            "short stored call during swaps, before the death",
                            swapping.text(),
                            quiet.text() + " in between, quiet",
                            Series.times(swapping.ratio(quiet, Times::p99)) + " of the p99",
                            "2x",
                            swapping.ratio(quiet, Times::p99) <= 2,
                            "processor time for loading classes, starting jails and applying the release"));
        }

        private void change(Recorder recorder, Proxy proxy) throws IOException, SQLException, InterruptedException {
            Thread.sleep(WARM_MILLIS);
            int rounds = Math.max(1, Math.min(3, setting.rounds()));
            int sent = recorder.answered();
            long began = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                recorder.into(quiet.round());
                Thread.sleep(QUIET_MILLIS);
                recorder.into(swapping.round());
                for (int i = 0; i < SWAPS / rounds; i++) {
                    applied(swaps.next(), "");
                }
                rate = (recorder.answered() - sent) / ((System.nanoTime() - began) / 1e9);
                setting.note("until round=" + round + " " + rate + "/s; quiet " + quiet.last() + "; swapping "
                        + swapping.last() + "; without an answer " + recorder.broken());
            }
            recorder.into(new Times());
            brokenBefore = recorder.broken();
            String dead = dying.nodeId();
            dying.kill();
            for (int i = 0; i < SWAPS / rounds; i++) {
                applied(swaps.next(), dead);
            }
            proxy.before(living.port());
        }

        private String one(String sql) throws SQLException {
            return Postgres.text(database.dataSource(), sql);
        }

        private void applied(long release, String dead) throws SQLException, IOException {
            String waiting = "select count(*) from node where applied < " + release + " and id <> '" + dead + "'";
            until("release " + release + " is applied", waiting, 0);
        }

        /** What the dead node left is taken over and ends; one step waits for a person. */
        private void settle() throws SQLException, IOException {
            until("all that was stored has ended", OPEN, 1);
        }

        private void until(String what, String sql, long most) throws SQLException, IOException {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (Long.parseLong(one(sql)) > most) {
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "still not: " + what + ": " + one("select string_agg(error, '; ') from node"));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }
}
