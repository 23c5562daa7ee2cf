/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.inference.Listener;
import ai.king.inference.Reply;
import ai.king.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.servlet.http.HttpServletResponse;

/**
 * An answer that goes out while it is made. Nothing is sent before the first piece, so that a backend that cannot answer
 * is still told by the status. A client that takes nothing holds up only its own chat; one that has gone ends it.
 */
final class Streamed implements Listener {

    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServletResponse response;
    private final Chunks chunks;
    private final Thread worker = Thread.currentThread();
    private boolean started;
    private boolean over;

    Streamed(HttpServletResponse response, Chunks chunks) {
        this.response = response;
        this.chunks = chunks;
    }

    @Override
    public synchronized void onText(String piece) {
        try {
            start();
            send(chunks.piece(piece));
        } catch (IOException e) {
            throw new UncheckedIOException("the client has gone", e);
        }
    }

    private void start() throws IOException {
        if (started) {
            return;
        }
        started = true;
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        send(chunks.start());
    }

    /** Called by a timer: shows that the chat goes on, and finds out that nobody listens any more. */
    synchronized void keepAlive() {
        if (over) {
            return;
        }
        try {
            start();
            OutputStream out = response.getOutputStream();
            out.write(COMMENT);
            out.flush();
        } catch (IOException e) {
            worker.interrupt();
        }
    }

    /** The chat came to its end; {@link Refused} where that can still be told by the status. */
    synchronized void end(Reply reply, boolean usage) throws IOException {
        over = true;
        if (reply instanceof Reply.Unavailable unavailable) {
            Refused refused = ModelGateway.refused(unavailable);
            if (!started) {
                throw refused;
            }
            send(refused.body());
            return;
        }
        Reply.Answer answer = (Reply.Answer) reply;
        start();
        if (!answer.calls().isEmpty()) {
            send(chunks.calls(answer.calls()));
        }
        send(chunks.end(answer.finish()));
        if (usage) {
            send(chunks.tokens(answer.usage()));
        }
        write("[DONE]");
    }

    /** No more comments, and no interrupt for what this thread does next. */
    synchronized void close() {
        over = true;
        Thread.interrupted();
    }

    synchronized boolean started() {
        return started;
    }

    private void send(Map<String, Object> data) throws IOException {
        write(Json.write(data));
    }

    private void write(String data) throws IOException {
        OutputStream out = response.getOutputStream();
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
