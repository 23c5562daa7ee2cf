/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.inference.Listener;
import ai.king.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A reply as {@code text/event-stream}: {@code text} with each piece, then {@code done} with the whole answer, or
 * {@code problem} where it could not be given. A client that has gone ends the reply.
 */
final class ChatStream implements Listener {

    private final OutputStream out;

    ChatStream(OutputStream out) {
        this.out = out;
    }

    /** Tells the client that its message was taken, before a model says its first word. */
    void open() throws IOException {
        out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void onText(String piece) {
        send("text", Json.write(Map.of("text", piece)));
    }

    void done(ChatView view) {
        send("done", Json.write(view));
    }

    void problem(Problem problem) {
        send("problem", Json.write(problem));
    }

    private void send(String event, String data) {
        try {
            out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the client has gone", e);
        }
    }
}
