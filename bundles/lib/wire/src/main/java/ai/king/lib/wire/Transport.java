/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Carries LangChain4j's requests on the thread that calls: answers come in order, an interrupt or a silence ends the call,
 * and no pool of threads outlives the plug. It is its own builder, because LangChain4j takes only builders.
 */
public final class Transport implements HttpClient, HttpClientBuilder {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final java.net.http.HttpClient client;
    private final Duration connect;
    private final Duration silence;
    private final Duration whole;
    private final Supplier<Ending> endings;

    /**
     * @param connect longest wait for a connection
     * @param silence longest wait for the next byte
     * @param whole longest time of a call, however it trickles
     * @param endings how the protocol's streams end; a new one for each call
     */
    public Transport(Duration connect, Duration silence, Duration whole, Supplier<Ending> endings) {
        this(
                java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .connectTimeout(connect)
                        .executor(Runnable::run)
                        .build(),
                connect,
                silence,
                whole,
                endings);
    }

    private Transport(
            java.net.http.HttpClient client,
            Duration connect,
            Duration silence,
            Duration whole,
            Supplier<Ending> endings) {
        this.client = client;
        this.connect = connect;
        this.silence = silence;
        this.whole = whole;
        this.endings = endings;
    }

    /** The same connections with less patience. */
    public Transport within(Duration patience) {
        return new Transport(client, Duration.ZERO, patience, patience, endings);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (BodyStream body = send(request).body()) {
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .body(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Watched events = new Watched(listener, endings.get());
        try {
            HttpResponse<BodyStream> response = send(request);
            events.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .build());
            try (BodyStream body = response.body()) {
                parser.parse(body, events);
            }
            events.onClose();
        } catch (IOException | Refused e) {
            events.onError(e);
        }
    }

    /** The response, as soon as its head is there; {@link Refused} when it is an error. */
    private HttpResponse<BodyStream> send(HttpRequest request) throws IOException {
        // Not the field: an idle connection keeps this handler, which must not keep the client, or neither ever ends.
        Duration patience = silence;
        Duration limit = whole;
        CompletableFuture<HttpResponse<BodyStream>> answer =
                client.sendAsync(jdk(request), head -> new BodyStream(patience, limit));
        HttpResponse<BodyStream> response = await(answer);
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        try (BodyStream body = response.body()) {
            String text = new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
            throw new Refused(response.statusCode(), text, retryAfter(response).or(() -> endings.get()
                    .retryAfterSeconds(text)));
        }
    }

    private HttpResponse<BodyStream> await(CompletableFuture<HttpResponse<BodyStream>> answer) throws IOException {
        try {
            return answer.get(connect.plus(silence).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException(
                    "no answer within " + connect.plus(silence).toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof IOException failure ? failure : new IOException(cause);
        }
    }

    private static java.net.http.HttpRequest jdk(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.method(
                        request.method().name(),
                        request.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
    }

    private static Optional<Long> retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("retry-after").flatMap(value -> {
            if (value.matches("\\d{1,9}")) {
                return Optional.of(Long.valueOf(value));
            }
            try {
                Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Optional.of(
                        Math.max(0, Duration.between(Instant.now(), then).toSeconds()));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Duration connectTimeout() {
        return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return silence;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
