/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its whole answer, on the caller's thread: bounded in time and size, ended by an interrupt, never tried twice. */
public final class Wire {

    private final HttpClient client;
    private final Duration time;
    private final int limit;

    /**
     * @param time for a request and its answer
     * @param limit bytes of an answer
     */
    public Wire(Duration time, int limit) {
        this.time = time;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(time.compareTo(Duration.ofSeconds(10)) < 0 ? time : Duration.ofSeconds(10))
                .executor(Runnable::run)
                .build();
    }

    /** What came back, whole. */
    public record Answer(int status, HttpHeaders headers, String body) {
        public boolean good() {
            return status / 100 == 2;
        }
    }

    /** The far side was never reached: what was asked surely did not happen. */
    public static final class Unsent extends IOException {
        private static final long serialVersionUID = 1;

        Unsent(String reason) {
            super(reason);
        }
    }

    /**
     * Asks once and waits for the whole answer; a status of whatever kind is an answer.
     *
     * @throws Unsent when it surely did not arrive; any other {@link IOException} leaves open whether it did
     */
    public Answer send(HttpRequest request) throws IOException {
        int most = limit;
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new Body(most));
        try {
            HttpResponse<byte[]> response = answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + time.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException failure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnresolvedAddressException) {
                return new Unsent("it cannot be reached");
            }
        }
        return cause instanceof IOException known ? known : new IOException(cause);
    }

    /** Collects an answer and hangs up when it is too long. */
    private static final class Body implements HttpResponse.BodySubscriber<byte[]> {
        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private volatile Flow.@Nullable Subscription subscription;

        Body(int limit) {
            this.limit = limit;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            for (ByteBuffer piece : pieces) {
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                bytes.writeBytes(copy);
            }
            Flow.Subscription open = subscription;
            if (bytes.size() > limit && open != null) {
                open.cancel();
                whole.completeExceptionally(new IOException("the answer is longer than " + limit + " bytes"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
