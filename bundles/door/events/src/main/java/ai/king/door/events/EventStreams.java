/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.events;

import ai.king.access.Identity;
import ai.king.cluster.Broadcast;
import ai.king.store.Event;
import ai.king.store.Json;
import ai.king.store.Outbox;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.AsyncContext;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/v1/events?channels=} and {@code GET /api/v1/goals/{id}/events}. A filter, because a goal's stream lies
 * in the middle of what the REST endpoint serves; behind the filter that says who calls.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/api/v1/*",
            "osgi.http.whiteboard.filter.name=ai.king.door.events",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "service.ranking:Integer=100"
        })
public final class EventStreams implements Filter {

    /** Where the REST door leaves who calls. */
    private static final String IDENTITY = "ai.king.identity";

    private static final String ALL = "/api/v1/events";
    private static final Pattern GOAL = Pattern.compile("/api/v1/goals/([^/]{1,64})/events");
    private static final Pattern CHANNEL = Pattern.compile("global|(goal|business):[A-Za-z0-9-]{1,64}");
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int MOST_LINES = 2_000;
    private static final int MOST_CHANNELS = 50;
    private static final int THREADS = 2;

    private final Goals goals;
    private final Broadcast broadcast;
    private final Outbox outbox;
    private final ScheduledExecutorService executor;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();

    @Activate
    public EventStreams(@Reference Goals goals, @Reference Broadcast broadcast, @Reference Outbox outbox) {
        this(goals, broadcast, outbox, KEEP_ALIVE);
    }

    EventStreams(Goals goals, Broadcast broadcast, Outbox outbox, Duration keepAlive) {
        this.goals = goals;
        this.broadcast = broadcast;
        this.outbox = outbox;
        this.executor = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "king-events");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(
                () -> lines.forEach(Line::keepAlive),
                keepAlive.toMillis(),
                keepAlive.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        lines.forEach(Line::close);
        executor.shutdown();
    }

    /** Lines that are open now. */
    int open() {
        return lines.size();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        Matcher goal = GOAL.matcher(asked.getRequestURI());
        boolean all = asked.getRequestURI().equals(ALL);
        if (!asked.getMethod().equals("GET") || !(all || goal.matches())) {
            chain.doFilter(request, response);
            return;
        }
        if (!(asked.getAttribute(IDENTITY) instanceof Identity identity)
                || identity.roles().isEmpty()) {
            refuse(answer, 401, "a name with its password, or a valid token, is needed");
            return;
        }
        if (lines.size() >= MOST_LINES) {
            answer.setHeader("Retry-After", "10");
            refuse(answer, 503, "too many event streams are open");
            return;
        }
        try {
            if (all) {
                channels(asked, answer);
            } else {
                goal(goal.group(1), asked, answer);
            }
        } catch (StoreUnavailable e) {
            answer.setHeader("Retry-After", "2");
            refuse(answer, 503, "the store does not answer");
        }
    }

    private void channels(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        String given = asked.getParameter("channels");
        Set<String> channels = Set.of(given == null || given.isEmpty() ? new String[] {"global"} : distinct(given));
        if (channels.size() > MOST_CHANNELS
                || !channels.stream().allMatch(name -> CHANNEL.matcher(name).matches())) {
            refuse(answer, 422, "channels are global, goal:<id> and business:<id>, at most " + MOST_CHANNELS);
            return;
        }
        Optional<Long> after = lastSeen(asked);
        open(asked, answer, channels, after.orElseGet(broadcast::last), new Everything(), List.of(), false);
    }

    private static String[] distinct(String channels) {
        return java.util.Arrays.stream(channels.split(","))
                .map(String::strip)
                .distinct()
                .toArray(String[]::new);
    }

    /** Who comes without a last event, or after the end, gets the steps as they stand. */
    private void goal(String id, HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        Optional<Long> seen = lastSeen(asked);
        long now = broadcast.last();
        Optional<Goal> goal = goals.find(id);
        if (goal.isEmpty()) {
            refuse(answer, 404, "no goal " + id);
            return;
        }
        boolean over = goal.get().status().ended();
        List<byte[]> first = seen.isPresent() && !over ? List.of() : standing(goal.get(), now);
        open(asked, answer, Set.of("goal:" + id), over ? now : seen.orElse(now), new OneGoal(), first, over);
    }

    private List<byte[]> standing(Goal goal, long position) {
        List<byte[]> frames = new ArrayList<>();
        for (Step step : goals.steps(goal.id())) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("goalId", goal.id());
            data.put("stepId", step.id());
            data.put("name", step.name());
            data.put("agent", step.agent());
            data.put("status", step.status().name());
            put(data, "approvalId", step.approvalId());
            put(data, "missing", step.missing().isEmpty() ? null : step.missing());
            put(data, "error", step.error());
            Instant at = step.finishedAt() != null ? step.finishedAt() : step.startedAt();
            frames.add(Frames.of(
                    "step", event(position, "step." + lower(step.status()), at == null ? goal.createdAt() : at, data)));
        }
        if (goal.status().ended()) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("goalId", goal.id());
            data.put("status", goal.status().name());
            put(data, "error", goal.error());
            Instant at = goal.finishedAt();
            frames.add(Frames.of(
                    "done", event(position, "goal." + lower(goal.status()), at == null ? goal.createdAt() : at, data)));
        }
        return frames;
    }

    private static void put(Map<String, Object> data, String key, @Nullable Object value) {
        if (value != null) {
            data.put(key, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Event event(long position, String type, Instant at, Map<String, Object> data) {
        return new Event(position, type, at, data, Set.of());
    }

    private void open(
            HttpServletRequest asked,
            HttpServletResponse answer,
            Set<String> channels,
            long after,
            Line.Look look,
            List<byte[]> first,
            boolean over)
            throws IOException {
        answer.setContentType("text/event-stream");
        answer.setCharacterEncoding("UTF-8");
        answer.setHeader("Cache-Control", "no-store");
        answer.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = asked.startAsync(asked, answer);
        async.setTimeout(0);
        Line line = new Line(
                async,
                answer.getOutputStream(),
                new Line.Source(broadcast, outbox, executor),
                channels,
                after,
                look,
                lines::remove);
        lines.add(line);
        line.open(first, over);
    }

    private static Optional<Long> lastSeen(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        String given = header == null ? request.getParameter("after") : header;
        try {
            return given == null ? Optional.empty() : Optional.of(Math.max(0, Long.parseLong(given.strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void refuse(HttpServletResponse answer, int status, String detail) throws IOException {
        answer.setStatus(status);
        answer.setContentType("application/problem+json");
        answer.getOutputStream()
                .write(Json.write(Map.of("type", "about:blank", "title", "Refused", "status", status, "detail", detail))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Every event under its own type. */
    private static final class Everything implements Line.Look {
        @Override
        public byte[] frame(Event event) {
            return Frames.of(event);
        }

        @Override
        public boolean last(Event event) {
            return false;
        }
    }

    /** A goal's events under the four names of the contract; the last one ends the line. */
    private static final class OneGoal implements Line.Look {
        @Override
        public byte[] frame(Event event) {
            return Frames.of(Frames.ofGoal(event.type()), event);
        }

        @Override
        public boolean last(Event event) {
            return Frames.ends(event.type());
        }
    }
}
