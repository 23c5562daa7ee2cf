/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that sends the same request again and again, at next to no cost of its own. */
final class Caller implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final byte[] request;

    Caller(int port, String headers, String body) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        request = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Hears each line of a body. */
    interface Hearing {
        void line(String line) throws IOException;
    }

    /** The length of the body; throws when the status is not 200. */
    long call(Hearing hearing) throws IOException {
        socket.getOutputStream().write(request);
        String head = Upstream.head(in);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(
                    head.isEmpty()
                            ? "hung up"
                            : head.lines().findFirst().orElse("") + " "
                                    + new String(in.readNBytes(Upstream.length(head)), StandardCharsets.UTF_8));
        }
        if (!head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            byte[] body = in.readNBytes(Upstream.length(head));
            return body.length;
        }
        long total = 0;
        StringBuilder line = new StringBuilder();
        for (int size = size(); size > 0; size = size()) {
            for (byte one : in.readNBytes(size)) {
                if (one == '\n') {
                    hearing.line(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) one);
                }
            }
            in.readNBytes(2);
            total += size;
        }
        in.readNBytes(2);
        return total;
    }

    private int size() throws IOException {
        int size = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the stream was cut");
            }
            if (next != '\r') {
                size = size * 16 + Character.digit(next, 16);
            }
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
