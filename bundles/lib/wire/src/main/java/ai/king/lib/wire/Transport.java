/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Carries LangChain4j's requests on the thread that calls: answers come in order, an interrupt or a silence ends the call,
 * and no pool of threads outlives the plug. It is its own builder, because LangChain4j takes only builders.
 */
public final class Transport implements HttpClient, HttpClientBuilder, Closeable {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final Lines lines;
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
        this(new Lines(connect), connect, silence, whole, endings);
    }

    private Transport(Lines lines, Duration connect, Duration silence, Duration whole, Supplier<Ending> endings) {
        this.lines = lines;
        this.connect = connect;
        this.silence = silence;
        this.whole = whole;
        this.endings = endings;
    }

    /** The same connections with less patience. */
    public Transport within(Duration patience) {
        return new Transport(lines, connect, patience, patience, endings);
    }

    /** The connections are closed; for those {@link #within less patient}, too. */
    @Override
    public void close() {
        lines.close();
        // Mappers of all bundles share the types they have seen: those of this plug would hold its class loader.
        TypeFactory.defaultInstance().clearCache();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return lines.within(Limit.of(silence, whole), () -> {
                try (Answer answer = ask(request)) {
                    return SuccessfulHttpResponse.builder()
                            .statusCode(200)
                            .body(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                            .build();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Watched events = new Watched(listener, endings.get());
        try {
            lines.within(Limit.of(silence, whole), () -> {
                try (Answer answer = ask(request)) {
                    events.onOpen(SuccessfulHttpResponse.builder()
                            .statusCode(answer.status())
                            .headers(answer.headers())
                            .build());
                    parser.parse(answer.body(), events);
                }
                return true;
            });
            events.onClose();
        } catch (IOException | Refused e) {
            events.onError(e);
        }
    }

    /** The answer, as soon as its head is there; {@link Refused} when it is an error. */
    private Answer ask(HttpRequest request) throws IOException {
        Answer answer = open(request);
        if (answer.status() / 100 == 2) {
            return answer;
        }
        try (answer) {
            String text = new String(answer.body().readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
            throw new Refused(answer.status(), text, retryAfter(answer).or(() -> endings.get()
                    .retryAfterSeconds(text)));
        }
    }

    private Answer open(HttpRequest request) throws IOException {
        HttpUriRequestBase asked = new HttpUriRequestBase(request.method().name(), URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> asked.addHeader(name, value)));
        if (request.body() != null) {
            // Its type stands in the headers.
            asked.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        }
        try {
            return new Answer(asked, lines.open(asked));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted() && !(e instanceof InterruptedIOException)) {
                throw new InterruptedIOException("interrupted");
            }
            throw e;
        }
    }

    private static Optional<Long> retryAfter(Answer answer) {
        return answer.header("retry-after").flatMap(value -> {
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
