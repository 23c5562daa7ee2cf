/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server at the level of the socket: a test says byte by byte what is sent and when the connection goes. One request a
 * connection.
 */
public final class Endpoint implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Behaviour> routes = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> accepting;

    /** Requests in the order they came, GETs left out. */
    public final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /** Counts down when a client hangs up in the middle of a stream. */
    public final CountDownLatch hungUp = new CountDownLatch(1);

    /** What came. */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What is sent for a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Request request, OutputStream out) throws IOException;
    }

    public Endpoint() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = CompletableFuture.runAsync(this::accept, threads);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** What is done with requests whose path begins so; the longest that fits. */
    public Endpoint on(String path, Behaviour behaviour) {
        routes.put(path, behaviour);
        return this;
    }

    /** A whole body. */
    public static Behaviour whole(int status, String type, String body, String... headers) {
        return (request, out) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            head(out, status, type, "Content-Length: " + bytes.length, String.join("\r\n", headers));
            out.write(bytes);
            out.flush();
        };
    }

    public static Behaviour json(int status, Object body, String... headers) {
        return whole(status, "application/json", text(body), headers);
    }

    /** Frames as they are, one write each, and a proper end. */
    public static Behaviour stream(String type, List<String> frames) {
        return (request, out) -> {
            begin(out, type);
            for (String frame : frames) {
                chunk(out, frame);
            }
            chunk(out, "");
        };
    }

    /** The same frames, and then the connection is gone without an end. */
    public static Behaviour cut(String type, List<String> frames) {
        return (request, out) -> {
            begin(out, type);
            for (String frame : frames) {
                chunk(out, frame);
            }
        };
    }

    /** Says nothing until this server is closed. */
    public Behaviour silent() {
        return (request, out) -> await();
    }

    /** Frames, and then nothing until this server is closed. */
    public Behaviour stuck(String type, List<String> frames) {
        return (request, out) -> {
            begin(out, type);
            for (String frame : frames) {
                chunk(out, frame);
            }
            await();
        };
    }

    /** One byte after the other, with a pause between them, again and again until the client hangs up. */
    public Behaviour trickle(String type, String frame, long pauseMillis) {
        return (request, out) -> {
            try {
                begin(out, type);
                while (true) {
                    for (byte one : frame.getBytes(StandardCharsets.UTF_8)) {
                        chunk(out, String.valueOf((char) one));
                        if (pauseMillis > 0 && closed.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                            return;
                        }
                    }
                }
            } catch (IOException e) {
                hungUp.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String data(Object value) {
        return "data: " + (value instanceof String plain ? plain : text(value)) + "\n\n";
    }

    public static String event(String name, Object value) {
        return "event: " + name + "\n" + data(value);
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void begin(OutputStream out, String type) throws IOException {
        head(out, 200, type, "Transfer-Encoding: chunked");
        out.flush();
    }

    private static void head(OutputStream out, int status, String type, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\nContent-Type: " + type + "\r\n");
        for (String header : headers) {
            if (!header.isEmpty()) {
                head.append(header).append("\r\n");
            }
        }
        out.write(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(bytes);
        chunk.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk.toByteArray());
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Request request = read(socket.getInputStream());
            Behaviour behaviour = routes.entrySet().stream()
                    .filter(route -> request.path().startsWith(route.getKey()))
                    .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
                    .map(Map.Entry::getValue)
                    .orElse(json(404, Map.of("detail", "Not Found")));
            if (request.method().equals("POST")) {
                requests.add(request);
            }
            behaviour.answer(request, socket.getOutputStream());
        } catch (IOException e) {
            hungUp.countDown();
        }
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request came");
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String[] first = lines[0].split(" ");
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        // A thread that waits in accept takes one more connection, if it comes before it wakes; nobody would serve it.
        accepting.join();
        threads.shutdownNow();
    }
}
