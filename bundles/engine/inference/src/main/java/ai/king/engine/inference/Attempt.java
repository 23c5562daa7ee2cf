/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.signals.Signals;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One prompt on its way through the backends: who was asked, and whether the caller has heard something yet. */
final class Attempt implements Listener {

    private final Plugs plugs;
    private final Signals signals;
    private final Prompt prompt;
    private final Inferences.Need need;
    private final Listener listener;
    private final Consumer<Inferences.Paid> paid;
    private final Adapters adapters;
    private final Estimate estimate;
    private long heard;
    private boolean ended;

    Attempt(
            Plugs plugs,
            Signals signals,
            Prompt prompt,
            Inferences.Need need,
            Listener listener,
            Consumer<Inferences.Paid> paid,
            Adapters adapters) {
        this.paid = paid;
        this.plugs = plugs;
        this.signals = signals;
        this.prompt = prompt;
        this.need = need;
        this.listener = listener;
        this.adapters = adapters;
        estimate = Estimate.of(prompt);
    }

    /** Sets aside what asking this backend may use. */
    Budget.Reserved reserve(Budget budget, Candidate backend) {
        return budget.reserve(
                need.businessId().map(id -> "business:" + id).orElse("platform"),
                need.caller(),
                backend.name(),
                estimate.total(),
                backend.price(estimate.prompt(), estimate.completion()));
    }

    /** Asks one backend; the lease is held until its last frame. The breaker has permitted the call, the budget covers it. */
    Reply ask(Candidate backend, Breaker breaker, Budget.Reserved reserved) {
        long start = System.nanoTime();
        Prompt chosen = adapters.chosen(prompt, backend, need.bucket());
        Reply reply = new Reply.Unavailable("is gone", true, Optional.empty());
        try (Lease<InferenceBackend> lease =
                plugs.lease(InferenceBackend.class, backend.name(), RouteKey.of(need.bucket()))) {
            reply = answer(lease.plug(), chosen);
            long nanos = System.nanoTime() - start;
            if (over()) {
                breaker.undecided();
                return reply;
            }
            adapters.told(prompt, backend, need.bucket(), nanos, reply);
            if (reply instanceof Reply.Unavailable no && no.retriable()) {
                breaker.failed(nanos);
                no.retryAfterSeconds().ifPresent(breaker::rest);
                lease.failed();
            } else if (reply instanceof Reply.Unavailable) {
                // The prompt's fault, not the backend's: whether that is well is as open as before.
                breaker.undecided();
            } else {
                breaker.succeeded(nanos);
            }
            return reply;
        } catch (NoSuchPlug e) {
            breaker.undecided();
            return reply;
        } finally {
            settle(backend, chosen, reply, reserved, System.nanoTime() - start);
        }
    }

    /** Whether the caller has had a piece already: another backend would say it twice. */
    boolean begun() {
        return heard > 0;
    }

    /** Whether nobody waits for an answer any more: the listener threw, or the thread is interrupted. */
    boolean over() {
        return ended || Thread.currentThread().isInterrupted();
    }

    @Override
    public void onText(String piece) {
        heard += piece.length();
        try {
            listener.onText(piece);
        } catch (RuntimeException e) {
            ended = true;
            throw e;
        }
    }

    private Reply answer(InferenceBackend backend, Prompt chosen) {
        try {
            return backend.chat(chosen, this);
        } catch (RuntimeException | LinkageError e) {
            // Expected failures are values: this is a bug of the plug, and its class must not get into a log.
            return new Reply.Unavailable("broke: " + e.getClass().getSimpleName(), true, Optional.empty());
        }
    }

    /** Pays what the backend counted; where it does not say, or broke off, what was asked and heard. */
    private void settle(Candidate backend, Prompt chosen, Reply reply, Budget.Reserved reserved, long nanos) {
        Reply.Usage used = new Reply.Usage(0, 0);
        if (reply instanceof Reply.Answer answer
                && answer.usage().promptTokens() + answer.usage().completionTokens() > 0) {
            used = answer.usage();
        } else if (reply instanceof Reply.Answer || heard > 0) {
            used = new Reply.Usage(estimate.prompt(), Estimate.tokens(heard));
        }
        BigDecimal cost = backend.price(used.promptTokens(), used.completionTokens());
        if (used.promptTokens() + used.completionTokens() > 0) {
            paid.accept(told(backend, chosen, reply, used));
        }
        reserved.settle(used.promptTokens() + used.completionTokens(), cost);
        Map<String, String> of = Map.of("backend", backend.name());
        signals.time("inference.chat", nanos, of);
        new Spans(signals).chat(backend, chosen, need.bucket(), reply, cost, nanos);
        if (reply instanceof Reply.Answer) {
            signals.count("inference.tokens.prompt", used.promptTokens(), of);
            signals.count("inference.tokens.completion", used.completionTokens(), of);
        } else {
            signals.count("inference.failures", 1, of);
        }
    }

    private static Inferences.Paid told(Candidate backend, Prompt chosen, Reply reply, Reply.Usage used) {
        String asked = chosen.model()
                .orElseGet(() -> backend.status().models().stream().findFirst().orElse(""));
        String model = reply instanceof Reply.Answer answer && !answer.model().isBlank() ? answer.model() : asked;
        Optional<Price> price = Price.of(backend.generation(), model).or(() -> Price.of(backend.generation(), asked));
        return new Inferences.Paid(
                backend.name(),
                model,
                used.promptTokens(),
                used.completionTokens(),
                price.map(each -> each.of(used.promptTokens(), used.completionTokens())));
    }
}
