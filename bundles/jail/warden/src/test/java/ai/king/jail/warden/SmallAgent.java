/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.tool.ToolResult;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decent agent that uses what a context offers; runs in the jail. */
public final class SmallAgent implements Agent {

    private String greeting = "";

    void activate(Map<String, Object> configuration) {
        greeting = String.valueOf(configuration.getOrDefault("greeting", "hello"));
    }

    String greeting() {
        return greeting;
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        return switch (task.action()) {
            case "ask" -> ask(task, context);
            case "rows" -> new Outcome.Done(Map.of("sum", sum(context.business().orElseThrow())), Report.none());
            case "throw" -> throw new IllegalStateException("a fault of the agent");
            case "wait" -> await(context);
            case "stubborn" -> spin();
            case "wrong" -> wrong(context.business().orElseThrow());
            case "alien" -> new Outcome.Done(Map.of("thread", Thread.currentThread()), Report.none());
            case "die" -> die();
            default -> new Outcome.Done(Map.of("text", greeting + " " + task.goal()), Report.none());
        };
    }

    private static Outcome ask(Task task, AgentContext context) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("tools", context.tools().stream().map(spec -> spec.name()).toList());
        ToolResult result = context.call("add", Map.of("a", 1, "b", List.of(2L, "x")));
        seen.put("tool", result instanceof ToolResult.Ok ok ? ok.data() : Map.of("failed", result.toString()));
        seen.put("chat", context.canChat());
        seen.put("now", context.now().toString());
        seen.put("random", context.random());
        seen.put("delegated", context.delegate("other", task).toString());
        context.note("noted");
        context.remember("remembered", Map.of("k", "v"));
        seen.put("recalled", context.recall("x", 3).size());
        seen.put("vectors", context.embed(List.of("x")).isPresent());
        return new Outcome.Done(seen, Report.none());
    }

    private static Object sum(BusinessData business) {
        return business.records("orders", LocalDate.MIN, LocalDate.MAX).rows().size();
    }

    private static Outcome wrong(BusinessData business) {
        try {
            business.text("no such document");
            return new Outcome.Failed("it was there", false);
        } catch (IllegalArgumentException e) {
            return new Outcome.Declined(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Outcome await(AgentContext context) {
        context.note("waiting");
        try {
            Thread.sleep(60_000);
            return new Outcome.Failed("nobody interrupted", false);
        } catch (InterruptedException e) {
            return new Outcome.Failed("interrupted", true);
        }
    }

    private static Outcome spin() {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return new Outcome.Failed("nobody stopped it", false);
    }

    private static Outcome die() {
        Runtime.getRuntime().halt(3);
        return new Outcome.Failed("still alive", false);
    }
}
