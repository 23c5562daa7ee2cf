/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers as a test says; an empty answer hangs up. */
final class Script implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "GREETING", "220 scripted ESMTP",
            "EHLO", "250 scripted",
            "MAIL", "250 ok",
            "RCPT", "250 ok",
            "DATA", "354 go on",
            ".", "250 queued",
            "QUIT", "221 bye"));
    final List<String> heard = new CopyOnWriteArrayList<>();

    Script() throws IOException {
        Thread thread = new Thread(this::serve, "junit-script");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    Script answer(String command, String line) {
        answers.put(command, line);
        return this;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                // The client or the test hung up.
                continue;
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        if (!say(socket, answers.get("GREETING"))) {
            return;
        }
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String command = line.split("[ :]", 2)[0].toUpperCase();
            if (data && !line.equals(".")) {
                continue;
            }
            data = !data && command.equals("DATA") && answers.get("DATA").startsWith("354");
            if (!say(socket, answers.getOrDefault(command, "502 what?"))) {
                return;
            }
        }
    }

    private static boolean say(Socket socket, String line) throws IOException {
        if (line.isEmpty()) {
            return false;
        }
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
