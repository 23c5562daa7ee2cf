/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static ai.king.engine.work.Workshop.step;

import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.OpenDatabase;
import ai.king.gate.Approval;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.tool.Effect;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The process that is killed: the engines wired by hand over a database that stays, with tools whose effects happen in
 * another process. Arguments: database URL, user, port of the recorder of effects.
 */
public final class VictimMain {

    private final OpenDatabase database;
    private final Workshop shop;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String recorder;

    private VictimMain(String url, String user, String recorderPort) {
        database = new OpenDatabase(url, user);
        recorder = "http://127.0.0.1:" + recorderPort;
        shop = new Workshop(database.store(), database.dataSource(), "victim", Workshop.QUICK);
        shop.tool("far.change", Effect.WRITE, this::effect, this::lookup)
                .tool("far.sign", Effect.LEGAL, this::effect, this::lookup)
                .tool(
                        "far.read",
                        Effect.READ,
                        call -> ToolResult.ok(Map.of("text", get("/read").body())))
                .agent("worker", this::perform);
        shop.plugs.add(
                Planner.class,
                "react",
                "gen-react",
                Map.of("king.brain.rank", 1, "king.brain.mode", "REACT"),
                (situation, mind) -> Optional.of(plan(situation)));
    }

    public static void main(String[] args) throws IOException {
        VictimMain victim = new VictimMain(args[0], args[1], args[2]);
        HttpServer doors = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        doors.setExecutor(Executors.newCachedThreadPool());
        doors.createContext("/goal", exchange -> answer(exchange, victim::submit));
        doors.createContext("/task", exchange -> answer(exchange, victim::task));
        doors.createContext("/steal", exchange -> answer(exchange, victim::steal));
        doors.createContext("/state", exchange -> answer(exchange, text -> victim.state()));
        doors.start();
        victim.shop.start();
        Thread people = new Thread(victim::vote, "people");
        people.setDaemon(true);
        people.start();
        print("PORT " + doors.getAddress().getPort());
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private interface Answer {
        String to(String text);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body;
        int status = 200;
        try {
            body = answer.to(text).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            status = 500;
            body = String.valueOf(e).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /**
     * Two effects after a reading, one beside them; some goals need two people, and some of those never get them; some go
     * astray and are planned anew.
     */
    private static Plan plan(Situation situation) {
        String goal = situation.goal();
        if (!situation.tried().isEmpty()) {
            return new Plan(List.of(step("found", "worker", "look")), "another way");
        }
        List<Plan.Step> steps = new ArrayList<>(
                List.of(step("look", "worker"), step("change", "worker", "look"), step("beside", "worker")));
        if (goal.contains("sign")) {
            steps.add(step("sign", "worker", "change"));
        }
        if (goal.contains("astray")) {
            steps.add(step("lost", "worker", "look"));
        }
        steps.add(step("last", "worker", goal.contains("sign") ? "sign" : "change", "beside"));
        return new Plan(steps, "as the test says");
    }

    private Outcome perform(Task task, AgentContext context) {
        String step = (String) task.input().get("step");
        context.note("doing " + step);
        String at = context.now() + " " + context.random();
        switch (step) {
            case "look" -> context.call("far.read", Map.of("what", task.goal()));
            case "change" -> {
                context.call("far.change", Map.of("what", task.goal() + "/change/1"));
                if (task.goal().contains("shaky") && get("/shaky?" + task.id()).statusCode() != 200) {
                    return new Outcome.Failed("the far side was busy", true);
                }
                context.call("far.change", Map.of("what", task.goal() + "/change/2"));
            }
            case "lost" -> {
                return new Outcome.Failed("there is no way here", false);
            }
            case "sign" -> context.call("far.sign", Map.of("what", task.goal() + "/sign"));
            default -> context.call("far.change", Map.of("what", task.goal() + "/" + step));
        }
        return new Outcome.Done(Map.of("at", at), Report.none());
    }

    private ToolResult effect(ToolCall call) {
        String body = call.key() + "\n" + call.arguments().get("what");
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(recorder + "/effect"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? ToolResult.ok(Map.of("receipt", answer.body()))
                    : new ToolResult.Unknown("status " + answer.statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolResult.Unknown("interrupted");
        }
    }

    private Optional<ToolResult> lookup(String key) {
        HttpResponse<String> answer = get("/lookup?" + key);
        return Optional.of(
                answer.statusCode() == 200
                        ? ToolResult.ok(Map.of("receipt", answer.body()))
                        : new ToolResult.Failed("it did not happen", true));
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(recorder + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String submit(String text) {
        return stored(text, actor -> shop.goals().submit(actor, new Goals.NewGoal(text, null, null, List.of(), false)));
    }

    private String task(String text) {
        return stored(
                text, actor -> shop.goals().submitTask(actor, "worker", "do", text, Map.of("step", "last"), null));
    }

    /** Under a key: asked again after a death it is not stored twice. */
    private static String stored(String text, Function<Actor, Goal> submit) {
        Actor actor = Actor.person("pat").with(new Actor.RequestKey(text, Json.sha256(text)));
        try {
            return submit.apply(actor).id();
        } catch (DuplicateRow e) {
            return "before";
        }
    }

    /** What another node does when it takes a goal away. */
    private String steal(String text) {
        Goal goal = all().stream()
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow();
        return String.valueOf(shop.work.progress().take(goal.id()).map(Goal::fence));
    }

    private void vote() {
        while (true) {
            try {
                for (Approval approval : shop.open()) {
                    String what = Json.write(approval.payload());
                    if (!what.contains("never")) {
                        shop.vote(TestGate.BEN, approval, Vote.Decision.APPROVE);
                        shop.vote(TestGate.CLEO, approval, Vote.Decision.APPROVE);
                    }
                }
            } catch (VoteRefused e) {
                // One of the two voted before the process died: the other one is still missing.
                shop.open().stream()
                        .filter(open -> open.status() == Approval.Status.PARTIAL)
                        .forEach(open -> shop.vote(TestGate.CLEO, open, Vote.Decision.APPROVE));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        String cursor = null;
        do {
            Page<Goal> page = shop.goals().page(Optional.empty(), Optional.empty(), cursor, 500);
            goals.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return goals;
    }

    /** Everything a proof needs: goals with steps and calls, and how often the ledger says what of whom. */
    private String state() {
        Map<String, Object> state = new LinkedHashMap<>();
        List<Object> goals = new ArrayList<>();
        for (Goal goal : all()) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("id", goal.id());
            form.put("text", goal.text());
            form.put("status", goal.status().name());
            Map<String, Object> steps = new LinkedHashMap<>();
            for (Step step : shop.goals().steps(goal.id())) {
                steps.put(step.name(), step.status() + " " + step.attempts() + " " + step.missing() + step.error());
            }
            form.put("steps", steps);
            form.put("calls", calls(goal));
            goals.add(form);
        }
        state.put("goals", goals);
        state.put("ledger", ledger());
        state.put("queue", queue());
        state.put("threads", threads());
        return Json.write(state);
    }

    private List<Map<String, Object>> calls(Goal goal) {
        return database.store().read(reader -> reader.list(Query.of(Call.class).where("goalId", goal.id()))).stream()
                .filter(Call::effect)
                .map(call -> Map.<String, Object>of(
                        "key", call.idempotencyKey(),
                        "state", call.state().name(),
                        "what", call.arguments().get("what")))
                .toList();
    }

    /** For the message when something hangs: when the scheduler means to look at each goal, and what the threads do. */
    private List<String> queue() {
        return database.store().read(reader -> {
            List<String> rows = new ArrayList<>();
            try (var statement = reader.connection().createStatement();
                    ResultSet row = statement.executeQuery(
                            "select task_instance, execution_time, picked, picked_by, last_heartbeat, version"
                                    + " from scheduled_tasks order by execution_time")) {
                while (row.next()) {
                    rows.add(row.getString(1) + " due " + row.getString(2) + " picked " + row.getString(3) + " by "
                            + row.getString(4) + " alive " + row.getString(5) + " version " + row.getString(6));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return rows;
        });
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().matches("(king|db-scheduler-pool).*"))
                .map(each -> each.getKey().getName() + " "
                        + java.util.Arrays.stream(each.getValue()).limit(12).toList())
                .toList();
    }

    private Map<String, Integer> ledger() {
        return database.store().read(reader -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            try (var statement = reader.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select action, subject, count(*) from ledger group by action, subject")) {
                while (rows.next()) {
                    counts.put(rows.getString(1) + " " + rows.getString(2), rows.getInt(3));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return counts;
        });
    }
}
