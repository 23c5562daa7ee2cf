/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A model that answers at once: OpenAI's chat completions from prepared bytes, whole or as a stream, on connections that
 * stay. A prompt with {@code count to N} streams N numbered pieces.
 */
final class Upstream implements AutoCloseable {

    private static final String WHOLE =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"small\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"There are twelve of them.\",\"refusal\":null},"
                    + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":6,\"total_tokens\":126}}";
    private static final String HEAD = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"small\",\"choices\":[";
    private static final String END = HEAD
            + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n"
            + HEAD
            + "],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":6,\"total_tokens\":126}}\n\ndata: [DONE]\n\n";

    private final ServerSocket server;

    Upstream() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "upstream");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
                if (head.startsWith("GET")) {
                    whole(out, "{\"object\":\"list\",\"data\":[{\"id\":\"small\",\"object\":\"model\"}]}");
                } else if (body.contains("\"stream\":true") || body.contains("\"stream\" : true")) {
                    stream(out, count(body));
                } else {
                    whole(out, WHOLE);
                }
                out.flush();
            }
        } catch (IOException e) {
            // The far side has gone: there is nobody to answer.
            return;
        }
    }

    /** The head of the next request; empty when there is none. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            int size = head.length();
            if (next == '\n' && size >= 4 && head.charAt(size - 3) == '\n') {
                return head.toString();
            }
        }
        return "";
    }

    static int length(String head) {
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("\ncontent-length:");
        return at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 16, head.indexOf('\r', at + 16)).strip());
    }

    private static int count(String body) {
        int at = body.indexOf("count to ");
        return at < 0 ? 1 : Integer.parseInt(body.substring(at + 9).replaceFirst("(?s)^(\\d+).*", "$1"));
    }

    private static void whole(OutputStream out, String body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void stream(OutputStream out, int pieces) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < pieces; i++) {
            chunk(
                    out,
                    HEAD + "{\"index\":0,\"delta\":{\"content\":\"" + i + " \"},\"logprobs\":null,"
                            + "\"finish_reason\":null}]}\n\n");
            if (i == 0) {
                out.flush();
            }
        }
        chunk(out, END);
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
