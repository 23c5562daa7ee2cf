/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.business.Businesses;
import ai.king.gate.Risk;
import ai.king.inference.Listener;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.store.Json;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.servlet.AsyncContext;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1}: the platform's models for programs that speak to OpenAI. Behind the filter that says who calls. A chat has
 * a thread of its own; when all are taken, the next caller is told to come again.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/v1/*",
            "osgi.http.whiteboard.servlet.name=ai.king.door.gateway",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
public final class ModelGateway extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ModelGateway.class);

    /** Where the REST door leaves who calls. */
    private static final String IDENTITY = "ai.king.identity";

    private static final int BODY = 1024 * 1024;
    private static final int CHATS = 64;
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int LONGEST_ID = 100;

    private final transient Inferences inferences;
    private final transient Predicate<String> businesses;
    private final transient ObjectMapper mapper = Json.mapper();
    private final transient ThreadPoolExecutor chats;
    private final transient ScheduledExecutorService timer;

    @Activate
    public ModelGateway(@Reference Inferences inferences, @Reference Businesses businesses) {
        this(inferences, id -> businesses.find(id).isPresent(), CHATS);
    }

    /** @param businesses whether there is a business of this id */
    ModelGateway(Inferences inferences, Predicate<String> businesses, int atOnce) {
        this.inferences = inferences;
        this.businesses = businesses;
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(50)
                        .maxStringLength(BODY)
                        .maxNumberLength(100)
                        .build());
        chats = new ThreadPoolExecutor(0, atOnce, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "king-gateway");
            thread.setDaemon(true);
            return thread;
        });
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "king-gateway-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
        chats.shutdownNow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answering.with(response, () -> {
            caller(request, false);
            Catalogue catalogue = new Catalogue(inferences.backends());
            String path = path(request);
            if (path.equals("/models")) {
                Answering.write(response, 200, catalogue.list());
            } else if (path.startsWith("/models/")) {
                Answering.write(response, 200, catalogue.one(path.substring("/models/".length())));
            } else {
                throw Refused.of(404, "not_found", "no such path");
            }
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answering.with(response, () -> {
            Identity caller = caller(request, true);
            String path = path(request);
            if (!path.equals("/chat/completions") && !path.equals("/embeddings")) {
                throw Refused.of(404, "not_found", "no such path");
            }
            JsonNode body = body(request);
            Risk risk = risk(request.getHeader("X-King-Risk"));
            Optional<String> business = business(request.getHeader("X-King-Business"));
            Inferences.Need need = new Inferences.Need(
                    UUID.randomUUID().toString(),
                    risk.name(),
                    risk.compareTo(Risk.HIGH) >= 0,
                    business,
                    Optional.of(caller.name()));
            Answering.Work work = path.equals("/embeddings")
                    ? () -> Answering.write(response, 200, new Vectors(inferences).answer(body, business))
                    : chat(body, need, response);
            later(request, response, work);
        });
    }

    /** Checked before a thread is taken: bad input is told at once. */
    private Answering.Work chat(JsonNode body, Inferences.Need need, HttpServletResponse response) {
        Question question = Question.of(body, need.requiresAccuracy());
        if (!question.model().equals(Question.AUTO)) {
            new Catalogue(inferences.backends()).check(question.model());
        }
        Chunks chunks = new Chunks(question.model(), System.currentTimeMillis() / 1000);
        return question.stream()
                ? () -> stream(question, need, chunks, response)
                : () -> whole(question, need, chunks, response);
    }

    private void whole(Question question, Inferences.Need need, Chunks chunks, HttpServletResponse response)
            throws IOException {
        Reply reply = inferences.chat(question.prompt(), need, Listener.none());
        if (reply instanceof Reply.Unavailable unavailable) {
            throw refused(unavailable);
        }
        Answering.write(response, 200, chunks.whole((Reply.Answer) reply));
    }

    private void stream(Question question, Inferences.Need need, Chunks chunks, HttpServletResponse response)
            throws IOException {
        Streamed streamed = new Streamed(response, chunks);
        ScheduledFuture<?> comments = timer.scheduleWithFixedDelay(
                streamed::keepAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        try {
            streamed.end(inferences.chat(question.prompt(), need, streamed), question.usage());
        } catch (RuntimeException e) {
            if (!streamed.started()) {
                throw e;
            }
            // The status is gone: the stream ends without its end mark, which clients take for a failure.
            LOG.debug("a stream ended early: {}", e.toString());
        } finally {
            comments.cancel(false);
            streamed.close();
        }
    }

    /** What a backend's failure is to a client: one that another attempt may cure, or one of the request. */
    static Refused refused(Reply.Unavailable unavailable) {
        return unavailable.retriable()
                ? Refused.later(
                        503,
                        "backend_unavailable",
                        unavailable.retryAfterSeconds().orElse(Answering.SOON),
                        unavailable.reason())
                : Refused.of(400, "backend_refused", unavailable.reason());
    }

    private void later(HttpServletRequest request, HttpServletResponse response, Answering.Work work) {
        if (chats.getActiveCount() >= chats.getMaximumPoolSize()) {
            throw Refused.later(429, "too_many_chats", Answering.SOON, "all places are taken, come again");
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        try {
            chats.execute(() -> {
                try {
                    Answering.with(response, work);
                } catch (IOException e) {
                    LOG.debug("a client went away: {}", e.toString());
                } finally {
                    async.complete();
                }
            });
        } catch (RejectedExecutionException e) {
            Answering.refuse(
                    response, Refused.later(429, "too_many_chats", Answering.SOON, "all places are taken, come again"));
            async.complete();
        }
    }

    private static Identity caller(HttpServletRequest request, boolean spends) {
        if (!(request.getAttribute(IDENTITY) instanceof Identity identity)
                || identity.roles().isEmpty()) {
            throw Refused.of(401, "invalid_api_key", "a valid token is needed");
        }
        if (spends && !identity.has(Role.OPERATOR)) {
            throw Refused.of(403, "insufficient_role", "this needs the role operator");
        }
        return identity;
    }

    private JsonNode body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(BODY + 1);
        if (bytes.length > BODY) {
            throw Refused.of(413, "too_large", "the body has more than " + BODY + " bytes");
        }
        try {
            JsonNode body = mapper.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString());
            if (!body.isObject()) {
                throw Refused.of(400, "invalid_json", "a JSON object is needed");
            }
            return body;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw Refused.of(400, "invalid_json", "no valid JSON: " + e.getOriginalMessage());
        } catch (java.nio.charset.CharacterCodingException e) {
            throw Refused.of(400, "invalid_json", "the body is not UTF-8");
        }
    }

    private static Risk risk(@Nullable String given) {
        if (given == null) {
            return Risk.LOW;
        }
        return Arrays.stream(Risk.values())
                .filter(risk -> risk.name().toLowerCase(Locale.ROOT).equals(given))
                .findFirst()
                .orElseThrow(() -> Refused.input("X-King-Risk", "must be low, medium, high or critical"));
    }

    /** Who pays: a name that nobody knows would be a payer with a whole day's budget of its own. */
    private Optional<String> business(@Nullable String given) {
        if (given != null && (given.length() > LONGEST_ID || !businesses.test(given))) {
            throw Refused.input("X-King-Business", "there is no such business");
        }
        return Optional.ofNullable(given);
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }
}
