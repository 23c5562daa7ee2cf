/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.store.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The sample business on the distribution with its own limits: imported, planned, and 1,000 goals more. */
final class SampleMeasure implements Measure {

    private static final List<String> KINDS =
            List.of("products", "suppliers", "orders", "costs", "advertising", "stock", "targets", "metrics");
    private static final double CONTAINER = 1.5 * 1024 * 1024 * 1024;
    private static final double IMPORT_LIMIT = 2e9;
    private static final double REPORT_LIMIT = 5e9;
    private static final int GOALS = 1000;
    private static final int WARM = 500;
    private static final double FLAT = 1.1;
    private static final Set<String> RESTS = Set.of("COMPLETED", "WAITING_APPROVAL", "WAITING_INPUT");

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, InterruptedException {
        Path home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        // The only difference to an operator's start: jcmd may look at the heap.
        Map<String, String> environment = Map.of("KING_JAVA_OPTS", "-XX:-DisableAttachMechanism");
        try (Karaf karaf = Karaf.king(home, setting.folder("king-data"), environment)) {
            Client client = Client.login(karaf.port());
            Times imports = new Times();
            Times reports = new Times();
            for (int round = 0; round < setting.rounds(); round++) {
                Path sample = setting.home().resolve("config/examples/pet-supplies");
                Map<String, Object> business = business(client, sample, round);
                long start = System.nanoTime();
                upload(client, business, sample);
                long imported = System.nanoTime() - start;
                imports.add(imported);
                List<String> documents = documents(client, business, sample.resolve("documents"));
                start = System.nanoTime();
                String status = report(client, business, documents, Files.readString(sample.resolve("goal.txt")));
                long reported = System.nanoTime() - start;
                reports.add(reported);
                setting.note("round=" + round + " import=" + Times.text(imported) + " report=" + Times.text(reported)
                        + " goal " + status + " rss=" + BootMeasure.megabytes(karaf.memory("VmHWM")));
            }
            double[] heap = heap(setting, karaf, client);
            return lines(imports, reports, karaf.memory("VmHWM"), heap);
        }
    }

    private static List<Line> lines(Times imports, Times reports, double peak, double[] heap) {
        double growth = heap[1] / heap[0];
        return List.of(
                within(
                        "sample imported and P&L visible",
                        imports,
                        IMPORT_LIMIT,
                        "one insert a line, batched, into the embedded database"),
                within(
                        "goal to report",
                        reports,
                        REPORT_LIMIT,
                        "statistics and forecasts of the analytics agent, cold the first time"),
                new Line(
                        "peak resident memory of the sample",
                        BootMeasure.megabytes(peak),
                        "none",
                        Series.times(peak / CONTAINER) + " of the container",
                        "1.5 GiB",
                        peak < CONTAINER,
                        "the limits that the distribution sets: heap 640 MB, class metadata 320 MB, code 128 MB"),
                new Line(
                        "live heap, goals " + (WARM + GOALS / 2) + " to " + (WARM + GOALS),
                        BootMeasure.megabytes(heap[1]),
                        BootMeasure.megabytes(heap[0]) + ", goals " + WARM + " to " + (WARM + GOALS / 2),
                        Series.times(growth),
                        "flat",
                        growth < FLAT,
                        "what the platform remembers of a goal that has ended: nothing"));
    }

    private static Line within(String what, Times times, double limit, String bound) {
        double worst = times.percentile(1);
        return new Line(
                what,
                Times.text(times.median()) + ", at most " + Times.text(worst),
                "none",
                "",
                Times.text(limit),
                worst < limit,
                bound);
    }

    private static Map<String, Object> business(Client client, Path sample, int round)
            throws IOException, InterruptedException {
        Map<String, Object> wanted = new HashMap<>(Json.readMap(Files.readString(sample.resolve("business.json"))));
        wanted.put("name", wanted.get("name") + " " + round);
        return client.post("/businesses", wanted);
    }

    /** All kinds as a user would, one upload each, until the P&L shows them. */
    private static void upload(Client client, Map<String, Object> business, Path sample)
            throws IOException, InterruptedException {
        for (String kind : KINDS) {
            Path file = sample.resolve(kind + ".csv");
            if (Files.exists(file)) {
                String path = "/businesses/" + business.get("id") + "/records?kind=" + kind;
                client.post(path, "text/csv", BodyPublishers.ofFile(file));
            }
        }
        Map<String, Object> pnl =
                client.get("/businesses/" + business.get("id") + "/pnl?from=2020-01-01&to=2030-01-01&by=month");
        if (!pnl.toString().contains("revenue")) {
            throw new Client.Refused("the P&L shows nothing: " + pnl);
        }
    }

    private static List<String> documents(Client client, Map<String, Object> business, Path folder)
            throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        List<String> ids = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String type = name.endsWith(".md") ? "text/markdown" : "text/plain";
            String path = "/businesses/" + business.get("id") + "/documents?name=" + Client.encoded(name);
            ids.add(String.valueOf(
                    client.post(path, type, BodyPublishers.ofFile(file)).get("id")));
        }
        return ids;
    }

    private static String report(Client client, Map<String, Object> business, List<String> documents, String text)
            throws IOException, InterruptedException {
        Map<String, Object> asked =
                Map.of("text", text.strip(), "businessId", business.get("id"), "documents", documents);
        String id = String.valueOf(client.post("/goals", asked).get("id"));
        while (true) {
            Map<String, Object> goal = client.get("/goals/" + id);
            String status = String.valueOf(goal.get("status"));
            if (RESTS.contains(status) && goal.get("report") != null) {
                return status;
            }
            if (status.equals("FAILED") || status.equals("CANCELLED")) {
                throw new Client.Refused("the sample goal ended " + goal);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Live bytes over a thousand goals: the means of the first and of the second half, since caches rise and fall. */
    private static double[] heap(Setting setting, Karaf karaf, Client client) throws IOException, InterruptedException {
        echo(client, WARM);
        double[] halves = new double[2];
        int hundreds = GOALS / 100;
        for (int hundred = 0; hundred < hundreds; hundred++) {
            echo(client, 100);
            double live = live(karaf);
            halves[2 * hundred / hundreds] += live / (hundreds / 2);
            setting.note("live heap after " + (WARM + (hundred + 1) * 100) + " goals: " + BootMeasure.megabytes(live));
        }
        return halves;
    }

    private static void echo(Client client, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            Map<String, Object> answer = client.post("/agents/echo/tasks", Map.of("task", "say " + i));
            if (!"DONE".equals(answer.get("outcome"))) {
                throw new Client.Refused("echo: " + answer);
            }
        }
    }

    /** Bytes of what is alive: the histogram collects garbage first. */
    private static double live(Karaf karaf) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(karaf.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return text.lines()
                .filter(line -> line.startsWith("Total"))
                .mapToDouble(line -> Double.parseDouble(line.strip().split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException(String.format(Locale.ROOT, "jcmd: %s", text)));
    }
}
