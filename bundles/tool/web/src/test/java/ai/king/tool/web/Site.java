/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the bare socket, so that it can also behave as no server should. */
final class Site implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "junit-site"));
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** Paths that were asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** Writes an answer, head included. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    Site() throws IOException {
        threads.submit(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "http://site.test:" + port() + path;
    }

    Site on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    Site on(String path, String status, String head, String body) {
        return on(path, status, head, body.getBytes(StandardCharsets.UTF_8));
    }

    Site on(String path, String status, String head, byte[] body) {
        return on(path, out -> {
            out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n" + head
                            + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    Site html(String path, String body) {
        return on(path, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", body);
    }

    Site redirect(String path, String to) {
        return on(path, "302 Found", "Location: " + to + "\r\n", "");
    }

    private Void accept() throws IOException {
        while (!server.isClosed()) {
            Socket socket = server.accept();
            threads.submit(() -> serve(socket));
        }
        return null;
    }

    private Void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return null;
            }
            String path = line.split(" ")[1];
            asked.add(path);
            for (String head = line; head != null && !head.isEmpty(); ) {
                head = in.readLine();
            }
            Answer answer = answers.get(path);
            OutputStream out = socket.getOutputStream();
            if (answer == null) {
                out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes());
            } else {
                answer.write(out);
            }
            out.flush();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
