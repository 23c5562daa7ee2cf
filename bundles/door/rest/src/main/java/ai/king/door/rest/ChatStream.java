/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.inference.Listener;
import ai.king.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply as {@code text/event-stream}: {@code text} with each piece, then {@code done} with the whole answer, or
 * {@code problem} where it could not be given. While nothing is said a comment now and then. A client that has gone ends the
 * reply with the next piece.
 */
final class ChatStream implements Listener {

    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    private boolean over;
    private @Nullable IOException gone;

    ChatStream(OutputStream out) {
        this.out = out;
    }

    /** Tells the client that its message was taken, before a model says its first word. */
    synchronized void open() throws IOException {
        out.write(COMMENT);
        out.flush();
    }

    /** Called by a timer, while the reply is made on another thread. */
    synchronized void keepAlive() {
        if (over || gone != null) {
            return;
        }
        try {
            open();
        } catch (IOException e) {
            // Not an interrupt: the thread may be storing what was said.
            gone = e;
        }
    }

    @Override
    public void onText(String piece) {
        send("text", Json.write(Map.of("text", piece)));
    }

    void done(ChatView view) {
        last("done", Json.write(view));
    }

    void problem(Problem problem) {
        last("problem", Json.write(problem));
    }

    private synchronized void last(String event, String data) {
        over = true;
        send(event, data);
    }

    private synchronized void send(String event, String data) {
        try {
            if (gone != null) {
                throw gone;
            }
            out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the client has gone", e);
        }
    }
}
