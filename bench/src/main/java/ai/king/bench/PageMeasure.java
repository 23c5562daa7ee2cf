/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.work.Goal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first page of goals, approvals and audit with a million rows of each, beside ten thousand. */
final class PageMeasure implements Measure {

    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int READS = 400;
    private static final int PAGE = 50;
    private static final double LIMIT = 20e6;
    private static final double FLAT = 2;

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException {
        try (Plant few = Plant.open(setting);
                Plant many = Plant.open(setting)) {
            fill(few, FEW);
            fill(many, MANY);
            Map<String, Runnable> small = pages(few);
            Map<String, Runnable> large = pages(many);
            List<Line> lines = new ArrayList<>();
            for (String what : small.keySet()) {
                lines.add(line(setting, what, small.get(what), large.get(what)));
            }
            return lines;
        }
    }

    private static Line line(Setting setting, String what, Runnable small, Runnable large) {
        Series ours = new Series();
        Series peer = new Series();
        read(small, new Times());
        read(large, new Times());
        for (int round = 0; round < setting.rounds(); round++) {
            read(small, peer.round());
            read(large, ours.round());
            setting.note(what + " 10^4 " + peer.last() + "; 10^6 " + ours.last());
        }
        double ratio = ours.ratio(peer, Times::median);
        return new Line(
                "first page of " + what + ", 10^6 rows",
                ours.text(),
                peer.text() + " at 10^4 rows",
                Series.times(ratio),
                "p99 20 ms, flat",
                ours.p99() < LIMIT && ratio < FLAT,
                "one index range of a page and its rows as records: three round trips to the database");
    }

    private static void read(Runnable page, Times times) {
        for (int i = 0; i < READS; i++) {
            long start = System.nanoTime();
            page.run();
            times.add(System.nanoTime() - start);
        }
    }

    /** The lists as the doors ask for them. */
    private static Map<String, Runnable> pages(Plant plant) {
        Map<String, Runnable> pages = new LinkedHashMap<>();
        pages.put(
                "goals",
                () -> full(plant.goals()
                        .page(Optional.empty(), Optional.empty(), null, PAGE)
                        .items()));
        pages.put(
                "goals of one state",
                () -> full(plant.goals()
                        .page(Optional.of(Goal.Status.FAILED), Optional.empty(), null, PAGE)
                        .items()));
        pages.put(
                "goals of one business",
                () -> full(plant.goals()
                        .page(Optional.empty(), Optional.of("b7"), null, PAGE)
                        .items()));
        pages.put("approvals", () -> full(approvals(plant, Optional.empty(), false)));
        pages.put("approvals of one state", () -> full(approvals(plant, Optional.of(Approval.Status.APPROVED), false)));
        pages.put("open approvals, most urgent first", () -> full(approvals(plant, Optional.empty(), true)));
        pages.put("audit", () -> full(plant.ledger().page(null, PAGE).items()));
        return pages;
    }

    private static List<Approval> approvals(Plant plant, Optional<Approval.Status> status, boolean open) {
        Approvals.Filter filter = new Approvals.Filter(status, Optional.empty(), Optional.empty(), open);
        return plant.approvals().page(filter, null, PAGE).items();
    }

    private static void full(List<?> items) {
        if (items.size() != PAGE) {
            throw new IllegalStateException("a page of " + items.size());
        }
    }

    private static void fill(Plant plant, int rows) throws SQLException {
        try (Connection connection = plant.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(goals(rows));
            statement.execute(approvals(rows));
            statement.execute(ledger(rows));
            for (String table : List.of("goal", "approval", "ledger", "ledger_seal")) {
                statement.execute("vacuum analyze " + table);
            }
            statement.execute("checkpoint");
        }
    }

    private static String id() {
        return "'01900000-0000-7000-8000-' || lpad(i::text, 12, '0')";
    }

    private static String time() {
        return "timestamptz '2026-01-01' + i * interval '1 second'";
    }

    private static String goals(int rows) {
        return "insert into goal (id, kind, text, status, mode, business_id, risk_profile, documents, dry_run, intent,"
                + " rationale, error, requested_by, by_ai, fence, created_at, finished_at, version) select " + id()
                + ", 'goal', 'Plan the next quarter of shop ' || i, (array['COMPLETED','COMPLETED','COMPLETED','FAILED',"
                + "'WAITING_APPROVAL','CANCELLED'])[1 + i % 6], 'PLAYBOOK', 'b' || (i % 100), null, '[]', false,"
                + " '{\"type\":\"COMMAND\",\"action\":\"UNKNOWN\",\"parameters\":{},\"confidence\":1}', 'A playbook', null,"
                + " 'anna', false, 1, " + time() + ", " + time() + ", 3 from generate_series(1, " + rows + ") i";
    }

    /** Every fifth is open: more than any house should have waiting. */
    private static String approvals(int rows) {
        return "insert into approval (id, type, title, description, risk, urgency, risk_factors, payload, payload_sha256,"
                + " amount, currency, status, approvers, legal, subject_kind, subject, goal_id, business_id, requested_by,"
                + " proposer, created_at, expires_at, remind_at, decided_at, version) select " + id()
                + ", 'FINANCIAL', 'purchase ' || i, 'Orders from a supplier', 'MEDIUM', i % 4, '[\"above the limit\"]',"
                + " '{\"action\":{\"tool\":\"suppliers.order\",\"amount\":\"612.50\"}}', repeat('a', 64), '612.50', 'EUR',"
                + " (array['PENDING','PARTIAL','APPROVED','APPROVED','APPROVED','REJECTED','EXPIRED','APPROVED',"
                + "'APPROVED','APPROVED'])[1 + i % 10], 1, false, 'call', 's' || i, 'g' || i, 'b' || (i % 100), 'anna',"
                + " null, " + time() + ", " + time() + " + interval '1 day', null, null, 1 from generate_series(1, "
                + rows + ") i";
    }

    private static String ledger(int rows) {
        return "with entry as (insert into ledger (id, at, actor, action, subject, data, tx) select " + id() + ", "
                + time() + ", 'person:anna', 'goal.submitted', 'g' || i, '{\"status\":\"RECEIVED\",\"fence\":0}', null"
                + " from generate_series(1, " + rows + ") i returning n) insert into ledger_seal (seq, n, hash)"
                + " select n, n, repeat('b', 64) from entry";
    }
}
