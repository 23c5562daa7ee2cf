/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences.Paid;
import ai.king.store.Json;
import ai.king.tool.Money;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What plugs give and what is recorded, in plain JSON values: nothing of a plug's own classes goes further than here.
 */
final class Forms {

    private static final String PAID = "paid";

    /** Deeper and longer than what is meant: reader and writer of JSON know their limits and say so. */
    private static final int DEEP = 100;

    private static final int LONG = 100_000;

    private Forms() {}

    /** A copy in JSON values; throws {@link IllegalArgumentException} when there is something else in it. */
    static Map<String, Object> plain(Map<String, ?> values) {
        return plain(values, 0);
    }

    private static Map<String, Object> plain(Map<?, ?> values, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (!(entry.getKey() instanceof String key) || depth == DEEP) {
                return Json.readMap(Json.write(values));
            }
            copy.put(key, plain(entry.getValue(), depth + 1));
        }
        return copy;
    }

    /** What reading gives as it is, is taken as it is: calls of tools are short, and this stands before each. */
    private static @Nullable Object plain(@Nullable Object value, int depth) {
        boolean small = value instanceof String text && text.length() <= LONG;
        if (value == null || small || value instanceof Boolean || value instanceof Integer) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return plain(map, depth);
        }
        if (value instanceof List<?> list && depth < DEEP) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(plain(each, depth + 1)));
            return copy;
        }
        return Json.read(Json.write(value), Object.class);
    }

    /** Text only: an exception object would keep its plug's classes alive. */
    static String text(Throwable e) {
        String name = e.getClass().getName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    static Map<String, Object> record(ToolResult result) {
        Map<String, Object> form = new LinkedHashMap<>();
        if (result instanceof ToolResult.Ok ok) {
            form.put("data", plain(ok.data()));
            ok.cost()
                    .ifPresent(cost -> form.put(
                            "cost", Map.of("amount", cost.amount().toPlainString(), "currency", cost.currency())));
        } else if (result instanceof ToolResult.Failed failed) {
            form.put("failed", failed.reason());
            form.put("retriable", failed.retriable());
        } else if (result instanceof ToolResult.Missing missing) {
            form.put("missing", List.copyOf(missing.missing()));
        } else {
            throw new IllegalArgumentException("an unknown fate is no answer");
        }
        return form;
    }

    @SuppressWarnings("unchecked")
    static ToolResult result(Map<String, Object> form) {
        if (form.get("failed") instanceof String reason) {
            return new ToolResult.Failed(reason, Boolean.TRUE.equals(form.get("retriable")));
        }
        if (form.get("missing") instanceof List<?> missing) {
            return new ToolResult.Missing(missing.stream().map(String::valueOf).toList());
        }
        Object data = form.getOrDefault("data", Map.of());
        Optional<Money> cost = form.get("cost") instanceof Map<?, ?> money
                ? Optional.of(Money.of(String.valueOf(money.get("amount")), String.valueOf(money.get("currency"))))
                : Optional.empty();
        return new ToolResult.Ok((Map<String, Object>) data, cost);
    }

    static Map<String, Object> record(Outcome outcome) {
        return Map.of("outcome", Json.readMap(Json.write(outcome)));
    }

    static Outcome outcome(Map<String, Object> form) {
        return Json.convert(form.getOrDefault("outcome", Map.of()), Outcome.class);
    }

    /** The same outcome without anything of the plug that made it. */
    static Outcome plain(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            Report report = done.report().equals(Report.none())
                    ? Report.none()
                    : Json.read(Json.write(done.report()), Report.class);
            return new Outcome.Done(plain(done.data()), report);
        }
        return Json.read(Json.write(outcome), Outcome.class);
    }

    /** @param paid what backends took for it, for {@link ai.king.work.ModelUse} */
    static Map<String, Object> record(Reply.Answer answer, List<Paid> paid) {
        return Map.of(
                "reply",
                Json.readMap(Json.write(answer)),
                PAID,
                paid.stream().map(each -> Json.readMap(Json.write(each))).toList());
    }

    static Reply reply(Map<String, Object> form) {
        return Json.convert(form.getOrDefault("reply", Map.of()), Reply.class);
    }
}
