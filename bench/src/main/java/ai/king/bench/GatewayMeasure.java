/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The gateway of the real distribution, everything on (token, routing over all its backends, breaker, budget, spans), beside
 * Portkey's gateway and the bare model.
 */
final class GatewayMeasure implements Measure {

    private static final double CPU = 0.40;
    private static final double ADDED = 0.8;
    private static final double RATE = 3;
    private static final double FIRST = 1e6;
    private static final int ALONE = 300;
    private static final int TOGETHER = 16;
    private static final int STREAMS = 10;
    private static final int PIECES = 100_000;
    /** A platform runs for weeks: some 100,000 calls until what is compiled is compiled. */
    private static final int WARMING = 14;

    private static final long SPELL = TimeUnit.SECONDS.toNanos(3);
    private static final String BODY =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"" + "You know the stock. ".repeat(10)
                    + "\"},{\"role\":\"user\",\"content\":\"How many dogs are there?\"}],\"temperature\":0.1,\"max_tokens\":64,"
                    + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"stock\",\"description\":\"How many of an article there are\","
                    + "\"parameters\":{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\"}},\"required\":[\"sku\"]}}}]}";
    private static final String COUNT =
            "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"count to %d\"}]}";

    /** One of the three that are called. */
    private record Side(
            String name,
            int port,
            String headers,
            String model,
            Supplier<Duration> cpu,
            Series alone,
            List<Double> rates,
            List<Double> spent,
            Series first) {
        static Side of(String name, int port, String headers, String model, Supplier<Duration> cpu) {
            return new Side(
                    name, port, headers, model, cpu, new Series(), new ArrayList<>(), new ArrayList<>(), new Series());
        }

        Caller call(String body) throws IOException {
            return new Caller(port, headers, body);
        }

        double rate() {
            return Series.middle(rates.stream().mapToDouble(d -> d).toArray());
        }

        double cost() {
            return Series.middle(spent.stream().mapToDouble(d -> d).toArray());
        }
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException, InterruptedException {
        try (Upstream upstream = new Upstream();
                Portkey portkey = new Portkey(setting);
                Karaf king = king(setting, upstream.port())) {
            Side bare = Side.of("bare", upstream.port(), "", "small", () -> Duration.ZERO);
            Side ours = Side.of(
                    "king",
                    king.port(),
                    "Authorization: " + Client.login(king.port()).authorization() + "\r\n",
                    "king-auto",
                    king::cpu);
            Side peer = Side.of("portkey", portkey.port(), Portkey.headers(upstream.port()), "small", portkey::cpu);
            List<Side> sides = List.of(bare, ours, peer);
            for (Side side : sides) {
                together(side, WARMING * SPELL);
            }
            for (Side side : sides) {
                side.rates().clear();
                side.spent().clear();
            }
            for (int round = 0; round < setting.rounds(); round++) {
                for (Side side : sides) {
                    alone(side);
                    if (side != peer) {
                        first(side);
                    }
                    together(side, SPELL);
                    setting.note(String.format(
                            Locale.ROOT,
                            "round=%d %s alone %s rate=%.0f/s cpu=%.0f us%s",
                            round,
                            side.name(),
                            side.alone().last(),
                            side.rates().get(round),
                            side.spent().get(round),
                            side == peer ? "" : " first " + side.first().last()));
                }
            }
            return lines(bare, ours, peer, frames(ours, setting));
        }
    }

    private static Karaf king(Setting setting, int upstream) throws IOException, InterruptedException {
        Path home = Karaf.unpack(BootMeasure.distribution(setting.home()), setting.folder("king"));
        Files.writeString(
                home.resolve("plugs/ai.king.inference.openai.cfg"),
                "url = http://127.0.0.1:" + upstream + "/v1\nmodel = small\n.key = sk-bench\n");
        Path data = setting.folder("king-data");
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(
                data.resolve("etc/ai.king.engine.inference.cfg"),
                "budget.tokens = 1000000000000\nbudget.money = 1000000000\n");
        return Karaf.king(home, data, Map.of());
    }

    private static void alone(Side side) throws IOException {
        Times times = side.alone().round();
        try (Caller caller = side.call(String.format(BODY, side.model()))) {
            for (int i = 0; i < ALONE; i++) {
                long start = System.nanoTime();
                caller.call(line -> {});
                times.add(System.nanoTime() - start);
            }
        }
    }

    /** From the request to the first piece of a stream. */
    private static void first(Side side) throws IOException {
        Times times = side.first().round();
        try (Caller caller = side.call(String.format(COUNT, side.model(), 2))) {
            for (int i = 0; i < ALONE; i++) {
                long start = System.nanoTime();
                boolean[] heard = {false};
                caller.call(line -> {
                    if (!heard[0] && line.contains("\"content\":\"0 \"")) {
                        heard[0] = true;
                        times.add(System.nanoTime() - start);
                    }
                });
                if (!heard[0]) {
                    throw new IOException(side.name() + " streamed no piece");
                }
            }
        }
    }

    private static void together(Side side, long nanos) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);
        Duration cpu = side.cpu().get();
        long start = System.nanoTime();
        List<Future<Long>> callers = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            callers.add(threads.submit(() -> {
                long calls = 0;
                try (Caller caller = side.call(String.format(BODY, side.model()))) {
                    while (System.nanoTime() - start < nanos) {
                        caller.call(line -> {});
                        calls++;
                    }
                }
                return calls;
            }));
        }
        long calls = 0;
        for (Future<Long> caller : callers) {
            calls += of(caller);
        }
        threads.shutdown();
        side.rates().add(calls * 1e9 / (System.nanoTime() - start));
        side.spent().add(side.cpu().get().minus(cpu).toNanos() / 1e3 / calls);
    }

    private static <T> T of(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** Pieces that were lost, came twice or out of order. */
    private static long frames(Side ours, Setting setting) throws IOException {
        long wrong = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            long[] next = {0};
            long[] odd = {0};
            try (Caller caller = ours.call(String.format(COUNT, ours.model(), PIECES))) {
                caller.call(line -> {
                    int at = line.indexOf("\"content\":\"");
                    if (at >= 0 && Character.isDigit(line.charAt(at + 11))) {
                        long number = Long.parseLong(line.substring(at + 11, line.indexOf(' ', at + 11)));
                        odd[0] += number == next[0] ? 0 : 1;
                        next[0] = number + 1;
                    }
                });
            }
            wrong += odd[0] + Math.abs(PIECES - next[0]);
            setting.note("stream " + stream + " pieces=" + next[0] + " odd=" + odd[0]);
        }
        return wrong;
    }

    private static List<Line> lines(Side bare, Side ours, Side peer, long wrong) {
        double cpu = ours.cost() / peer.cost();
        double added = (ours.alone().median() - bare.alone().median())
                / (peer.alone().median() - bare.alone().median());
        double rate = ours.rate() / peer.rate();
        double first = ours.first().median() - bare.first().median();
        return List.of(
                new Line(
                        "gateway: processor time a request",
                        micros(ours.cost()),
                        micros(peer.cost()) + " Portkey",
                        Series.times(cpu),
                        "0.40x",
                        cpu <= CPU,
                        "the way through the engine, and JSON read twice and written twice"),
                new Line(
                        "gateway: added to one request",
                        ours.alone().text(),
                        peer.alone().text() + " Portkey; " + bare.alone().text() + " bare",
                        Series.times(added),
                        "0.8x",
                        added <= ADDED,
                        "a thread for the chat, and one more connection"),
                new Line(
                        "gateway: requests a second, 16 at once",
                        perSecond(ours),
                        perSecond(peer) + " Portkey; " + perSecond(bare) + " bare",
                        Series.times(rate),
                        "at least 3x",
                        rate >= RATE,
                        "processor time, shared with what calls and what answers"),
                new Line(
                        "gateway: first piece of a stream",
                        ours.first().text(),
                        bare.first().text() + " bare",
                        Times.text(first) + " added",
                        "1 ms",
                        first <= FIRST,
                        "the same"),
                new Line(
                        "gateway: pieces of 10^6 lost or out of order",
                        Long.toString(wrong),
                        "none",
                        "",
                        "0",
                        wrong == 0,
                        "one thread reads and writes a stream"));
    }

    private static String micros(double micros) {
        return Times.text(micros * 1e3);
    }

    private static String perSecond(Side side) {
        return String.format(Locale.ROOT, "%.0f", side.rate());
    }
}
