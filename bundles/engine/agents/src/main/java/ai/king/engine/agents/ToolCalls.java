/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Agents.Performed;
import ai.king.business.Business;
import ai.king.gate.Action;
import ai.king.gate.Risk;
import ai.king.gate.Verdict;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.RouteKey;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.Spend;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Journal.Opened;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a step calls tools: checked, judged, recorded, then made; and what to do when an answer was lost. */
final class ToolCalls {

    private final Services services;
    private final Performance performance;
    private final Journal journal;
    private final Outside outside;

    ToolCalls(Services services, Performance performance, Journal journal) {
        this.services = services;
        this.performance = performance;
        this.journal = journal;
        this.outside = new Outside(journal.goal().text());
    }

    ToolResult call(String name, Map<String, Object> given) {
        Map<String, Object> arguments;
        try {
            arguments = Forms.plain(given);
        } catch (IllegalArgumentException e) {
            return new ToolResult.Failed("the arguments are no JSON values: " + e.getMessage(), false);
        }
        RouteKey key = RouteKey.of(journal.goal().id());
        try (Lease<Tool> lease = services.plugs().lease(Tool.class, name, key)) {
            return leased(lease, arguments);
        } catch (NoSuchPlug e) {
            return new ToolResult.Missing(List.of("the tool " + name));
        }
    }

    private ToolResult leased(Lease<Tool> lease, Map<String, Object> arguments) {
        ToolSpec spec = lease.plug().spec();
        List<String> wrong = services.schemas().violations(spec.schema(), arguments);
        if (!wrong.isEmpty()) {
            return new ToolResult.Failed(
                    "the arguments of " + spec.name() + " are not valid: " + String.join("; ", wrong), false);
        }
        Optional<Action> action = spec.effect() == Effect.READ
                ? Optional.empty()
                : Optional.of(action(spec, lease.generation(), arguments));
        Opened opened =
                journal.open(spec.name(), arguments, action, lease.generation().id());
        ToolResult result = outcome(lease, spec, opened);
        performance.hearing().hear(result);
        if (Outside.speaks(spec, lease.generation(), result)) {
            journal.mark();
            outside.heard(lease.generation(), arguments, result);
        }
        return result;
    }

    private ToolResult outcome(Lease<Tool> lease, ToolSpec spec, Opened opened) {
        if (opened instanceof Opened.Replayed replayed) {
            return Forms.result(replayed.result());
        }
        if (opened instanceof Opened.Held held) {
            throw performance.hold(
                    held.verdict() instanceof Verdict.Ask ask
                            ? new Performed.Asked(ask.approval().id())
                            : new Performed.Denied(reason(held.verdict())));
        }
        if (opened instanceof Opened.InDoubt doubt) {
            return settle(lease, doubt.call());
        }
        Call call = ((Opened.Fresh) opened).call();
        return spec.effect().changes() ? effect(lease, call) : read(lease, call);
    }

    private static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Deny deny ? deny.reason() : "not allowed";
    }

    private ToolResult read(Lease<Tool> lease, Call call) {
        ToolResult result = invoke(lease, call);
        ToolResult answer =
                result instanceof ToolResult.Unknown unknown ? new ToolResult.Failed(unknown.reason(), true) : result;
        journal.done(call, Forms.record(answer));
        return answer;
    }

    private ToolResult effect(Lease<Tool> lease, Call call) {
        ToolResult result = invoke(lease, call);
        if (!(result instanceof ToolResult.Unknown unknown)) {
            return keep(call, result);
        }
        lease.failed();
        Optional<ToolResult> told = lookup(lease, call);
        if (told.isPresent() && !(told.get() instanceof ToolResult.Unknown)) {
            return keep(call, told.get());
        }
        journal.unknown(call, unknown.reason());
        throw performance.hold(new Performed.Unclear(call.id()));
    }

    /** The intent is there, the answer is not: ask what became of it; what surely did not happen is made now. */
    private ToolResult settle(Lease<Tool> lease, Call call) {
        Optional<ToolResult> told = lookup(lease, call);
        if (told.isPresent() && told.get() instanceof ToolResult.Ok ok) {
            return keep(call, ok);
        }
        if (told.isPresent() && !(told.get() instanceof ToolResult.Unknown)) {
            return effect(lease, call);
        }
        journal.unknown(call, "its answer was lost, and the tool cannot tell");
        throw performance.hold(new Performed.Unclear(call.id()));
    }

    private ToolResult keep(Call call, ToolResult result) {
        if (result instanceof ToolResult.Ok) {
            journal.done(call, Forms.record(result));
        } else {
            journal.notDone(call, Forms.record(result));
        }
        return result;
    }

    private ToolResult invoke(Lease<Tool> lease, Call call) {
        ToolCall made = new ToolCall(
                call.idempotencyKey(), Optional.ofNullable(journal.goal().businessId()), call.arguments());
        long began = System.nanoTime();
        ToolResult result = answered(lease, made);
        services.durations().tool(call.tool(), result, began);
        return result;
    }

    private ToolResult answered(Lease<Tool> lease, ToolCall made) {
        try {
            ToolResult given = performance.plug(() -> lease.plug().invoke(made));
            ToolResult result = new Artefacts(services.businesses())
                    .stored(given, made.businessId(), journal.step().agent());
            return result == null
                    ? new ToolResult.Unknown("the tool answered nothing")
                    : result instanceof ToolResult.Unknown ? result : Forms.result(Forms.record(result));
        } catch (Throwable e) {
            lease.failed();
            return new ToolResult.Unknown(Forms.text(e));
        }
    }

    private Optional<ToolResult> lookup(Lease<Tool> lease, Call call) {
        try {
            return performance.plug(() -> lease.plug().lookup(call.idempotencyKey()));
        } catch (Throwable e) {
            return Optional.of(new ToolResult.Unknown(Forms.text(e)));
        }
    }

    /**
     * Whether a person is asked because of what the step has read. A deliberate exception to "every effect but READ": a look
     * outside that can tell nobody anything carries nothing out, and what it brings is marked in turn. What it might tell by the
     * choice and order of addresses is bounded in {@link Outside#tellsNothing}.
     */
    private boolean marked(ToolSpec spec, Generation generation, Map<String, Object> arguments) {
        boolean look = spec.effect() == Effect.READ_OUTSIDE;
        return journal.step().marked() && !(look && outside.tellsNothing(generation, arguments));
    }

    private Action action(ToolSpec spec, Generation generation, Map<String, Object> arguments) {
        Goal goal = journal.goal();
        Optional<String> business = Optional.ofNullable(goal.businessId());
        Set<String> profiles = new HashSet<>();
        Optional.ofNullable(goal.riskProfile()).ifPresent(profiles::add);
        business.flatMap(services.businesses()::find).map(Business::riskProfile).ifPresent(profiles::add);
        return new Action(
                "",
                goal.id(),
                journal.step().id(),
                spec.name(),
                spec.description(),
                spec.effect(),
                arguments,
                spec.spend().flatMap(spend -> amount(spend, arguments)),
                spec.spend().map(Spend::payee).map(arguments::get).map(String::valueOf),
                business,
                profiles,
                Risk.valueOf(journal.step().risk()),
                marked(spec, generation, arguments),
                goal.requestedBy());
    }

    /** Empty when it is missing or no money: then it never passes by itself. */
    private static Optional<Money> amount(Spend spend, Map<String, Object> arguments) {
        Object amount = arguments.get(spend.amount());
        Object currency = arguments.get(spend.currency());
        if (amount == null || currency == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Money(new BigDecimal(amount.toString()), currency.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
