/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.events;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.cluster.Broadcast;
import ai.king.store.Event;
import ai.king.store.Outbox;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EventStreamsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Post post = new Post();
    private final Server server = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Goal.Status status = Goal.Status.RUNNING;
    private EventStreams streams;
    private int port;

    @BeforeEach
    void open() throws Exception {
        streams = new EventStreams(goals(), post, post, Duration.ofMillis(100));
        ServletContextHandler context = new ServletContextHandler();
        Filter known = (request, response, chain) -> {
            if (request.getParameter("nobody") == null) {
                request.setAttribute("ai.king.identity", new Identity("ann", Set.of(Role.VIEWER)));
            }
            chain.doFilter(request, response);
        };
        add(context, known);
        add(context, streams);
        ServletHolder rest = new ServletHolder(new DefaultServlet());
        rest.setAsyncSupported(true);
        rest.setInitParameter("resourceBase", "target");
        context.addServlet(rest, "/");
        server.setHandler(context);
        server.start();
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private static void add(ServletContextHandler context, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    @AfterEach
    void close() throws Exception {
        streams.stop();
        server.stop();
    }

    @Test
    void sendsWhatHappensAfterTheClientCame() throws Exception {
        BufferedReader stream = follow("/api/v1/events", "");
        post.subscribed.await(10, TimeUnit.SECONDS);
        post.put("goal.planned", "global");
        post.put("business.updated", "business:1");
        post.put("goal.completed", "global");
        assertThat(next(stream))
                .contains("id: 1")
                .contains("event: goal.planned")
                .contains("\"type\":\"goal.planned\"");
        assertThat(next(stream)).contains("id: 3").contains("event: goal.completed");
    }

    @Test
    void resumesAfterTheLastEventSeen() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            post.put("step.started", "global");
        }
        BufferedReader stream = follow("/api/v1/events?channels=global", "10");
        for (int i = 11; i <= 1_000; i++) {
            assertThat(next(stream)).startsWith("id: " + i + "\n");
        }
        post.put("step.completed", "global");
        assertThat(next(stream)).startsWith("id: 1001\n");
    }

    @Test
    void showsTheStepsOfAGoalAndEndsWithIt() throws Exception {
        BufferedReader stream = follow("/api/v1/goals/g1/events", "");
        assertThat(next(stream)).contains("event: step").contains("step.waiting_approval");
        post.subscribed.await(10, TimeUnit.SECONDS);
        post.put("note", "goal:g1");
        post.put("approval.granted", "goal:g1");
        post.put("step.completed", "goal:other");
        post.put("goal.completed", "goal:g1");
        assertThat(next(stream)).contains("event: note\n");
        assertThat(next(stream)).contains("event: approval\n");
        assertThat(next(stream)).contains("event: done\n");
        assertThat(stream.readLine()).isNull();
        assertThat(streams.open()).isZero();
    }

    @Test
    void aGoalThatHasEndedIsToldAtOnce() throws Exception {
        status = Goal.Status.FAILED;
        BufferedReader stream = follow("/api/v1/goals/g1/events", "7");
        assertThat(next(stream)).contains("event: step");
        assertThat(next(stream)).contains("event: done").contains("goal.failed");
        assertThat(stream.readLine()).isNull();
    }

    @Test
    void keepsAnIdleLineAlive() throws Exception {
        BufferedReader stream = follow("/api/v1/events", "");
        String line = stream.readLine();
        while (!line.equals(": ")) {
            line = stream.readLine();
        }
        assertThat(line).isEqualTo(": ");
    }

    @Test
    void aSlowClientIsCutOffAndHarmsNobody() throws Exception {
        try (Socket slow = new Socket("localhost", port)) {
            slow.setReceiveBufferSize(1024);
            OutputStream out = slow.getOutputStream();
            out.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            post.subscribed.await(10, TimeUnit.SECONDS);
            assertThat(streams.open()).isEqualTo(1);
            for (int i = 0; i < 20_000 && streams.open() > 0; i++) {
                post.put("step.noted." + "x".repeat(2_000), "global");
            }
            assertThat(streams.open()).isZero();
        }
        assertThat(post.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesWhoIsNotKnownAndWhatIsNoChannel() throws Exception {
        assertThat(status("/api/v1/events?nobody=1")).isEqualTo(401);
        assertThat(status("/api/v1/events?channels=global,secret")).isEqualTo(422);
        assertThat(status("/api/v1/goals/none/events")).isEqualTo(404);
        assertThat(status("/api/v1/goals/g1")).as("not ours").isEqualTo(404);
    }

    private int status(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private BufferedReader follow(String path, String lastSeen) throws Exception {
        HttpRequest.Builder request = request(path);
        if (!lastSeen.isEmpty()) {
            request.header("Last-Event-ID", lastSeen);
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next frame that is an event. */
    private static String next(BufferedReader stream) throws IOException {
        StringBuilder frame = new StringBuilder();
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.isEmpty() && frame.length() > 0) {
                return frame.toString();
            }
            if (!line.isEmpty() && !line.startsWith(":") && !line.startsWith("retry")) {
                frame.append(line).append('\n');
            }
        }
        return frame.toString();
    }

    private Goals goals() {
        return (Goals) Proxy.newProxyInstance(
                Goals.class.getClassLoader(), new Class<?>[] {Goals.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        return arguments[0].equals("g1") ? Optional.of(goal()) : Optional.empty();
                    }
                    return List.of(step());
                });
    }

    private Goal goal() {
        return new Goal(
                "g1", "goal", "x", status, null, null, null, List.of(), false, null, null, null, "ann", false, 1, NOW,
                null, 0);
    }

    private static Step step() {
        return new Step(
                "s1",
                "g1",
                "order",
                "commerce",
                "order",
                Map.of(),
                List.of(),
                1,
                "LOW",
                Step.Status.WAITING_APPROVAL,
                1,
                "a1",
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                NOW,
                null,
                0);
    }

    /** Events in memory, delivered on the thread that put them. */
    private static final class Post implements Broadcast, Outbox {
        private final List<Event> events = new ArrayList<>();
        private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
        private final CountDownLatch subscribed = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        synchronized void put(String type, String channel) {
            Event event = new Event(events.size() + 1L, type, NOW, Map.of("goalId", "g1"), Set.of(channel));
            events.add(event);
            listeners.forEach(listener -> listener.accept(event));
        }

        @Override
        public synchronized AutoCloseable subscribe(Set<String> channels, long after, Consumer<Event> listener) {
            Consumer<Event> chosen = event -> {
                if (event.channels().stream().anyMatch(channels::contains)) {
                    listener.accept(event);
                }
            };
            events.stream().filter(event -> event.position() > after).forEach(chosen);
            listeners.add(chosen);
            subscribed.countDown();
            return () -> {
                listeners.remove(chosen);
                closed.countDown();
            };
        }

        @Override
        public synchronized List<Event> after(long position, int limit) {
            return events.stream()
                    .filter(event -> event.position() > position)
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean await(long position, Duration atMost) {
            return last() > position;
        }

        @Override
        public synchronized long last() {
            return events.size();
        }
    }
}
