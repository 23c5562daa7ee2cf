/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.engine.store.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * 200 swaps on the real distribution, made by its own reconciler, under calls over REST; in the same run two nodes restarted
 * one after the other behind a proxy, which is how the same change is made without swapping.
 */
final class SwapMeasure implements Measure {

    private static final int SWAPS = Integer.getInteger("king.swaps", 200);
    private static final int RESTARTS = 2;
    private static final long QUIET_MILLIS = 15_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String TOO_CHEAP =
            "sku,name,category,supplier_id,unit_cost,list_price,launched\nA-1,Ball,toys,S1,10.00,11.00,2024-03-01\n";
    private static final String LOW = "sku,date,on_hand,reorder_point\nA-1,2026-01-02,1,20\n";
    private static final String OFFERS =
            "supplier_id,supplier,sku,unit_cost,min_quantity,lead_days\nS1,Ball Works,A-1,8.00,100,7\n";

    @Override
    public String name() {
        return "swaps";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException {
        Path home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        try (TestDatabase database = TestDatabase.postgresql(Postgres.server());
                Karaf first = node(setting, home, database)) {
            Client client = Client.login(first.port());
            List<Line> lines = new ArrayList<>(swaps(setting, home, database, client));
            lines.add(restarts(setting, home, database, first, client));
            return lines;
        }
    }

    /** A node of its own on the database. */
    static Karaf node(Setting setting, Path home, TestDatabase database)
            throws IOException, SQLException, InterruptedException {
        Path data = setting.folder("node");
        Path etc = Files.createDirectories(data.resolve("etc"));
        Files.writeString(etc.resolve("ai.king.engine.store.cfg"), Postgres.configuration(database.dataSource()));
        return Karaf.king(home, data, Map.of());
    }

    private static List<Line> swaps(Setting setting, Path home, TestDatabase database, Client client)
            throws IOException, SQLException, InterruptedException {
        Swaps swaps = new Swaps(database.store(), database.payloads(), home.resolve("plugs"));
        List<String> shops = shops(client, SWAPS / 2);
        String parked = park(client);
        Series quiet = new Series();
        Series swapping = new Series();
        Times swap = new Times();
        Traffic traffic = new Traffic(client, shops);
        try (traffic) {
            Thread.sleep(QUIET_MILLIS);
            for (int round = 0; round < setting.rounds(); round++) {
                traffic.into(quiet.round());
                Thread.sleep(QUIET_MILLIS);
                traffic.into(swapping.round());
                for (int i = 0; i < SWAPS / setting.rounds(); i++) {
                    long start = System.nanoTime();
                    applied(database, swaps.next());
                    swap.add(System.nanoTime() - start);
                }
                setting.note("round=" + round + " quiet " + quiet.last() + "; swapping " + swapping.last() + "; swap "
                        + swap + "; failures " + traffic.failures().size());
            }
        }
        String resumed = resume(client, parked);
        traffic.failures().forEach(failure -> setting.note("failed: " + failure));
        long changes = Long.parseLong(Postgres.text(database.dataSource(), "select count(*) from price_change"));
        long orders = Long.parseLong(Postgres.text(database.dataSource(), "select count(*) from purchase_order"));
        int lost = traffic.failures().size()
                + (int) Math.abs(changes - traffic.effects())
                + (resumed.equals("COMPLETED") && orders == 1 ? 0 : 1);
        setting.note("calls=" + traffic.calls() + " long=" + traffic.longCalls() + " effects=" + traffic.effects()
                + " price changes=" + changes + " parked step " + resumed + " orders=" + orders);
        double ratio = swapping.ratio(quiet, Times::p99);
        return List.of(
                new Line(
                        "calls failed, killed or doubled in " + swap.size() + " swaps",
                        lost + " of " + traffic.calls() + " (" + traffic.longCalls() + " of 30 s, " + traffic.effects()
                                + " with an effect, 1 parked step)",
                        "see the restarts below",
                        "",
                        "0",
                        lost == 0,
                        "leases: a generation is taken out when its last call has ended"),
                new Line(
                        "short call during swaps",
                        swapping.text(),
                        quiet.text() + " in between, quiet",
                        Series.times(ratio) + " of the p99",
                        "2x",
                        ratio <= 2,
                        "processor time for loading classes and applying the release; a swap took "
                                + Times.text(swap.median()) + " from its release to applied"));
    }

    private static void applied(TestDatabase database, long release) throws SQLException, IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String waiting =
                "select count(*) from node where applied < " + release + " and seen_at > now() - interval '30 seconds'";
        while (!Postgres.text(database.dataSource(), waiting).equals("0")) {
            if (System.nanoTime() > end) {
                throw new IOException("release " + release + " is not applied: "
                        + Postgres.text(database.dataSource(), "select string_agg(error, '; ') from node"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    static List<String> shops(Client client, int count) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(shop(client, "Shop " + i));
        }
        return ids;
    }

    private static String shop(Client client, String name) throws IOException, InterruptedException {
        Map<String, Object> wanted =
                Map.of("name", name, "type", "ecommerce", "currency", "USD", "riskProfile", "moderate");
        String id = String.valueOf(client.post("/businesses", wanted).get("id"));
        upload(client, id, "products", TOO_CHEAP);
        upload(client, id, "stock", LOW);
        return id;
    }

    private static void upload(Client client, String id, String kind, String csv)
            throws IOException, InterruptedException {
        client.post("/businesses/" + id + "/records?kind=" + kind, "text/csv", BodyPublishers.ofString(csv));
    }

    /** A step that waits for a person; the goal's id. */
    static String park(Client client) throws IOException, InterruptedException {
        String id = shop(client, "Parked");
        upload(client, id, "suppliers", OFFERS);
        Map<String, Object> answer = client.post("/agents/commerce/tasks", Map.of("task", "reorder", "businessId", id));
        if (!"WAITING_APPROVAL".equals(answer.get("outcome"))) {
            throw new Client.Refused("the order does not wait for a person: " + answer);
        }
        return String.valueOf(answer.get("goalId"));
    }

    /** Approves what the parked step asks and waits for its end. */
    static String resume(Client client, String goal) throws IOException, InterruptedException {
        List<?> open = (List<?>) client.get("/approvals?status=PENDING").get("items");
        Map<?, ?> approval = (Map<?, ?>) open.get(0);
        client.post(
                "/approvals/" + approval.get("id") + "/votes",
                Map.of("decision", "APPROVE", "payloadSha256", approval.get("payloadSha256")));
        long end = System.nanoTime() + PATIENCE_NANOS;
        String status = "";
        while (System.nanoTime() < end && !List.of("COMPLETED", "FAILED").contains(status)) {
            status = String.valueOf(client.get("/goals/" + goal).get("status"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return status;
    }

    /** The usual way: two nodes behind a proxy, each taken out, stopped, started anew and put back. */
    static Line restarts(Setting setting, Path home, TestDatabase database, Karaf first, Client client)
            throws IOException, SQLException, InterruptedException {
        Karaf one = first;
        Karaf two = node(setting, home, database);
        Series quiet = new Series();
        Series restarting = new Series();
        try (Proxy proxy = new Proxy()) {
            proxy.before(one.port(), two.port());
            Traffic traffic = new Traffic(client.at(proxy.port()), List.of());
            try (traffic) {
                Thread.sleep(QUIET_MILLIS);
                for (int round = 0; round < RESTARTS; round++) {
                    traffic.into(quiet.round());
                    Thread.sleep(QUIET_MILLIS);
                    traffic.into(restarting.round());
                    proxy.before(two.port());
                    one.close();
                    one = node(setting, home, database);
                    proxy.before(one.port());
                    two.close();
                    two = node(setting, home, database);
                    proxy.before(one.port(), two.port());
                    traffic.failures().stream()
                            .distinct()
                            .forEach(failure -> setting.note("failed at a restart: " + failure));
                    setting.note(
                            "restart round=" + round + " quiet " + quiet.last() + "; restarting " + restarting.last()
                                    + "; failures " + traffic.failures().size());
                }
            }
            return new Line(
                    "beside it: " + 2 * RESTARTS + " restarts of a node behind a proxy",
                    restarting.text(),
                    quiet.text() + " in between, quiet",
                    Series.times(restarting.ratio(quiet, Times::p99)) + " of the p99",
                    "none",
                    true,
                    traffic.failures().size() + " of " + traffic.calls()
                            + " calls failed or were killed: those longer than the node's grace when it stops");
        } finally {
            one.close();
            two.close();
        }
    }
}
