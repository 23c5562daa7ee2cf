/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.brain.Intent;
import ai.king.brain.Plan;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Page;
import ai.king.store.RequestLog;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goals in memory: each has one step that is done and has a report, and one that waits for a person. */
final class OneGoal implements Goals {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final List<Goal> goals = new ArrayList<>();
    final List<Actor> actors = new ArrayList<>();

    /** Keys of tasks, as the write of a goal stores them. */
    Map<String, RequestLog.Answer> log = new HashMap<>();

    @Override
    public Goal submit(Actor by, NewGoal asked) {
        actors.add(by);
        return add(goal("g" + (goals.size() + 1), "goal", asked.text(), Goal.Status.RECEIVED));
    }

    @Override
    public Goal submitTask(
            Actor by, String agent, String action, String text, Map<String, Object> input, String businessId) {
        actors.add(by);
        String id = "g" + (goals.size() + 1);
        by.request().ifPresent(key -> {
            RequestLog.Answer mine = new RequestLog.Answer(key.digest(), id, null, null);
            if (log.putIfAbsent(key.key(), mine) != null) {
                throw new DuplicateRow("request " + key.key(), new IllegalStateException());
            }
        });
        return add(goal(id, "task", text, Goal.Status.COMPLETED));
    }

    @Override
    public Goal submitPlan(Actor by, NewGoal asked, List<Plan.Step> steps) {
        actors.add(by);
        return add(goal("g" + (goals.size() + 1), "goal", asked.text(), Goal.Status.PLANNED));
    }

    private Goal add(Goal goal) {
        goals.add(goal);
        return goal;
    }

    static Goal goal(String id, String kind, String text, Goal.Status status) {
        Intent intent = new Intent(Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, Map.of(), 0.9);
        return new Goal(
                id,
                kind,
                text,
                status,
                "PLAYBOOK",
                null,
                null,
                List.of(),
                false,
                intent,
                "by hand",
                null,
                "operator",
                false,
                1,
                NOW,
                null,
                0);
    }

    static Step step(String id, String goalId, Step.Status status, Report report) {
        return new Step(
                id,
                goalId,
                "step-" + id,
                "analytics",
                "kpis",
                Map.of(),
                List.of(),
                1,
                "LOW",
                status,
                1,
                null,
                List.of(),
                Map.of("revenue", 12),
                report,
                null,
                null,
                "1.0.0",
                false,
                null,
                null,
                NOW,
                NOW,
                0);
    }

    static Report report() {
        Source rows = new Source.Rows("orders", "2026-01-01..2026-03-31", 42, "ab".repeat(32));
        return new Report(List.of(new Report.Section(
                "Revenue <b>",
                List.of(
                        new Report.Text("It grew & \"held\".", List.of(rows)),
                        new Report.Figure("Revenue", "1,234.50", "USD", List.of(rows)),
                        new Report.Table(
                                "By month",
                                List.of("month", "revenue"),
                                List.of(List.of("2026-01", "400.00")),
                                List.of(rows)),
                        new Report.Chart(
                                "Forecast",
                                Report.Chart.Kind.LINE,
                                List.of("Jan", "Feb", "Mar", "Apr"),
                                List.of(
                                        new Report.Series(
                                                "actual",
                                                List.of(10.0, 12.0, Double.NaN, Double.NaN),
                                                List.of(),
                                                List.of()),
                                        new Report.Series(
                                                "forecast",
                                                List.of(Double.NaN, 12.0, 13.5, 15.0),
                                                List.of(Double.NaN, 12.0, 11.0, 11.5),
                                                List.of(Double.NaN, 12.0, 16.0, 18.5))),
                                "USD",
                                List.of(rows, new Source.Formula("linear trend"))),
                        new Report.Chart(
                                "Margin",
                                Report.Chart.Kind.BAR,
                                List.of("A", "B"),
                                List.of(new Report.Series("margin", List.of(0.4, -0.1), List.of(), List.of())),
                                "",
                                List.of()),
                        new Report.Advice("Order more", "stock lasts 9 days", List.of(rows))))));
    }

    @Override
    public Goal await(String goalId, Duration atMost) {
        return find(goalId).orElseThrow();
    }

    @Override
    public Optional<Goal> find(String id) {
        return goals.stream().filter(goal -> goal.id().equals(id)).findFirst();
    }

    @Override
    public List<Step> steps(String goalId) {
        return List.of(
                step("s1", goalId, Step.Status.COMPLETED, report()),
                step("s2", goalId, Step.Status.WAITING_INPUT, null));
    }

    @Override
    public Report report(String goalId) {
        return report();
    }

    @Override
    public List<Call> unknown(String stepId) {
        return stepId.equals("s2")
                ? List.of(new Call(
                        "c1",
                        "g1",
                        "s2",
                        "k",
                        0,
                        "s2:k:0",
                        "suppliers.order",
                        true,
                        Map.of("sku", "A"),
                        Call.State.UNKNOWN,
                        null,
                        null,
                        1,
                        NOW,
                        null,
                        0))
                : List.of();
    }

    @Override
    public Page<Goal> page(Optional<Goal.Status> status, Optional<String> businessId, String cursor, int limit) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(goals.size(), from + limit);
        return new Page<>(goals.subList(from, to), to < goals.size() ? Integer.toString(to) : null);
    }

    @Override
    public Goal cancel(Actor by, String goalId) {
        actors.add(by);
        if (find(goalId).orElseThrow().status().ended()) {
            throw new IllegalStateException("the goal has ended");
        }
        return find(goalId).orElseThrow();
    }

    @Override
    public Goal retry(Actor by, String goalId, String stepId) {
        actors.add(by);
        return find(goalId).orElseThrow();
    }

    @Override
    public Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes) {
        actors.add(by);
        return find(goalId).orElseThrow();
    }
}
