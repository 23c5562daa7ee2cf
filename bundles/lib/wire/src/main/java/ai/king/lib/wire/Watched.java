/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.util.Optional;

/**
 * Watches a stream for what LangChain4j lets pass as an answer: an error sent after the 200, a refusal, and a stream that
 * stops before its end. Each becomes an error; after the first nothing more is told.
 */
final class Watched implements ServerSentEventListener {

    private final ServerSentEventListener listener;
    private final Ending ending;
    private boolean done;
    private boolean failed;

    Watched(ServerSentEventListener listener, Ending ending) {
        this.listener = listener;
        this.ending = ending;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (failed || done) {
            return;
        }
        try {
            pass(event, context);
        } catch (RuntimeException e) {
            // LangChain4j would log a frame that cannot be read and go on without it: an answer with a hole.
            onError(e);
        }
        if (failed && context.parsingHandle() != null) {
            context.parsingHandle().cancel();
        }
    }

    private void pass(ServerSentEvent event, ServerSentEventContext context) {
        Optional<Refused> fault = ending.fault(event.event(), event.data());
        if (fault.isPresent()) {
            onError(fault.get());
            return;
        }
        done = ending.ends(event.event(), event.data());
        Optional<Refused> refusal = done ? ending.refusal() : Optional.empty();
        if (refusal.isPresent()) {
            onError(refusal.get());
        } else {
            listener.onEvent(event, context);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!failed) {
            failed = true;
            listener.onError(failure);
        }
    }

    @Override
    public void onClose() {
        if (failed) {
            return;
        }
        if (!done) {
            onError(new IOException("the stream ended before its end mark"));
        } else {
            listener.onClose();
        }
    }
}
