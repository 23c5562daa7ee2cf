/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is true of the connections themselves; what goes wrong on them is in {@link BackendFaults}. */
@Timeout(60)
class TransportTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final CountDownLatch taken = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private Transport transport(Duration silence) {
        return new Transport(LONG, silence, LONG, OpenAiEnding::new);
    }

    private HttpRequest post(String body) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url("http://127.0.0.1:" + server.getLocalPort() + "/v1/chat")
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** Answers each request on each connection; what it asks is not looked at. */
    private void answering() {
        thread(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                accepted.add(socket);
                thread(() -> {
                    InputStream in = socket.getInputStream();
                    byte[] request = new byte[64 * 1024];
                    for (int count = in.read(request); count > 0; count = in.read(request)) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                    taken.countDown();
                });
            }
        });
    }

    /** Takes connections, and nothing from them. */
    private void deaf() {
        thread(() -> {
            while (!server.isClosed()) {
                accepted.add(server.accept());
                taken.countDown();
            }
        });
    }

    private interface Serving {
        void serve() throws IOException;
    }

    private static void thread(Serving work) {
        Thread thread = new Thread(() -> {
            try {
                work.serve();
            } catch (IOException e) {
                // The test is over, or the client hung up.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void asksAgainOnTheSameConnection() {
        answering();
        try (Transport transport = transport(LONG)) {
            for (int i = 0; i < 5; i++) {
                assertThat(transport.execute(post("{}")).body()).isEqualTo("{}");
            }
            assertThat(transport
                            .within(Duration.ofSeconds(5))
                            .execute(post("{}"))
                            .body())
                    .isEqualTo("{}");
        }
        assertThat(accepted).hasSize(1);
    }

    @Test
    void hangsUpWhenItIsClosed() throws InterruptedException {
        answering();
        Transport transport = transport(LONG);
        transport.execute(post("{}"));
        transport.close();
        assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpWhereNobodyTakesWhatIsAsked() {
        deaf();
        String much = "x".repeat(32 * 1024 * 1024);
        try (Transport transport = transport(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> transport.execute(post(much)))
                    .hasRootCauseInstanceOf(SocketTimeoutException.class)
                    .hasStackTraceContaining("silent for 1 s");
        }
    }

    @Test
    void endsWithAnInterruptWhileItAsks() throws Exception {
        deaf();
        String much = "x".repeat(32 * 1024 * 1024);
        assertThat(interrupted(much)).hasStackTraceContaining("interrupted");
    }

    @Test
    void endsWithAnInterruptWhileItWaitsForTheHead() throws Exception {
        deaf();
        assertThat(interrupted("{}")).hasStackTraceContaining("interrupted");
    }

    private Throwable interrupted(String body) throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        try (Transport transport = transport(LONG)) {
            Thread caller = new Thread(() -> {
                try {
                    transport.execute(post(body));
                    end.completeExceptionally(new AssertionError("answered"));
                } catch (RuntimeException e) {
                    end.complete(e);
                }
            });
            caller.start();
            assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            return end.get(20, TimeUnit.SECONDS);
        }
    }
}
