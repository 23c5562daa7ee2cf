/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.internal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches a stream for what LangChain4j lets pass as an answer: an error sent after the 200, a refusal, and a stream that
 * stops before its end mark. Each becomes an error; after the first nothing more is told.
 */
final class Events implements ServerSentEventListener {

    private static final String DONE = "[DONE]";

    private final ServerSentEventListener listener;
    private final StringBuilder refusal = new StringBuilder();
    private boolean done;
    private boolean failed;

    Events(ServerSentEventListener listener) {
        this.listener = listener;
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
        String data = event.data();
        if (data.strip().equals(DONE)) {
            done = true;
        } else if (data.contains("\"error\"") || data.contains("\"refusal\"")) {
            inspect(data);
        }
        if (!failed) {
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
        if (!refusal.isEmpty()) {
            onError(new Refused(400, "the model refused: " + refusal, Optional.empty()));
        } else if (!done) {
            onError(new IOException("the stream ended before its end mark"));
        } else {
            listener.onClose();
        }
    }

    private void inspect(String data) {
        Map<?, ?> frame = Json.fromJson(data, Map.class);
        if (frame.get("error") instanceof Map<?, ?> error) {
            onError(new Refused(status(error), data, Optional.empty()));
        } else if (frame.get("choices") instanceof List<?> choices
                && !choices.isEmpty()
                && choices.get(0) instanceof Map<?, ?> choice
                && choice.get("delta") instanceof Map<?, ?> delta
                && delta.get("refusal") instanceof String piece) {
            refusal.append(piece);
        }
    }

    /** Servers name the status in the frame or not at all; then it is the server's own failure. */
    private static int status(Map<?, ?> error) {
        return error.get("code") instanceof Number number && number.intValue() >= 400 && number.intValue() < 600
                ? number.intValue()
                : 500;
    }
}
