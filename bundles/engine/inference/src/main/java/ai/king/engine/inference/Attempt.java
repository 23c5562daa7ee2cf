/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.signals.Signals;
import java.util.Map;
import java.util.Optional;

/** One prompt on its way through the backends: who was asked, and whether the caller has heard something yet. */
final class Attempt implements Listener {

    private final Plugs plugs;
    private final Signals signals;
    private final Prompt prompt;
    private final RouteKey key;
    private final Listener listener;
    private long heard;
    private boolean ended;

    Attempt(Plugs plugs, Signals signals, Prompt prompt, RouteKey key, Listener listener) {
        this.plugs = plugs;
        this.signals = signals;
        this.prompt = prompt;
        this.key = key;
        this.listener = listener;
    }

    /** Asks one backend; the lease is held until its last frame. The breaker has permitted the call. */
    Reply ask(String backend, Breaker breaker) {
        long start = System.nanoTime();
        try (Lease<InferenceBackend> lease = plugs.lease(InferenceBackend.class, backend, key)) {
            Reply reply = answer(lease.plug());
            long nanos = System.nanoTime() - start;
            if (over()) {
                breaker.undecided();
            } else if (reply instanceof Reply.Unavailable no && no.retriable()) {
                breaker.failed(nanos);
                lease.failed();
            } else {
                breaker.succeeded(nanos);
            }
            report(backend, reply, nanos);
            return reply;
        } catch (NoSuchPlug e) {
            breaker.undecided();
            return new Reply.Unavailable("is gone", true, Optional.empty());
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

    private Reply answer(InferenceBackend backend) {
        try {
            return backend.chat(prompt, this);
        } catch (RuntimeException | LinkageError e) {
            // Expected failures are values: this is a bug of the plug, and its class must not get into a log.
            return new Reply.Unavailable("broke: " + e.getClass().getSimpleName(), true, Optional.empty());
        }
    }

    private void report(String backend, Reply reply, long nanos) {
        Map<String, String> of = Map.of("backend", backend);
        signals.time("inference.chat", nanos, of);
        if (reply instanceof Reply.Answer answer) {
            signals.count("inference.tokens.prompt", answer.usage().promptTokens(), of);
            signals.count("inference.tokens.completion", answer.usage().completionTokens(), of);
        } else {
            signals.count("inference.failures", 1, of);
        }
    }
}
