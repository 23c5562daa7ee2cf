/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.store.Actor.RequestKey;
import ai.king.store.Json;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.Priority;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the key of a repeatable POST on its caller, and answers one that was answered before. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public final class RepeatedRequests implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedRequests.class);
    private static final String KEY = "ai.king.request.key";
    private static final String ANSWERED = "ai.king.request.answered";
    private static final String SPOOL = "ai.king.request.spool";

    private final Repeats repeats;
    private final JsonBody json;

    @Context
    private @Nullable ResourceInfo operation;

    @Context
    private @Nullable HttpServletRequest servlet;

    RepeatedRequests(Repeats repeats, JsonBody json) {
        this.repeats = repeats;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String given = request.getHeaderString(Repeats.HEADER);
        if (given == null || servlet == null || !request.getMethod().equals("POST") || !repeatable()) {
            return;
        }
        Identity identity = (Identity) servlet.getAttribute(Caller.ATTRIBUTE);
        Spool spool = Spool.of(request.getEntityStream(), limit(request.getMediaType()));
        servlet.setAttribute(SPOOL, spool);
        request.setEntityStream(spool.open());
        String uri = request.getUriInfo().getRequestUri().getRawPath();
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        String digest = query == null ? spool.digest() : Json.sha256(query + "\n" + spool.digest());
        RequestKey key = repeats.key(identity, uri, given, digest);
        repeats.begin(key);
        servlet.setAttribute(KEY, key);
        Optional<Repeats.Earlier> earlier = says().oneWrite() ? Optional.empty() : repeats.earlier(key, uri, identity);
        if (earlier.isPresent()) {
            servlet.setAttribute(ANSWERED, true);
            request.abortWith(Response.status(earlier.get().status())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(Repeats.REPLAYED, "true")
                    .entity(bytes(earlier.get()))
                    .build());
            return;
        }
        servlet.setAttribute(Caller.ATTRIBUTE, identity.with(key));
    }

    private static byte[] bytes(Repeats.Earlier earlier) {
        return earlier.body().getBytes(StandardCharsets.UTF_8);
    }

    private boolean repeatable() {
        return operation != null
                && operation.getResourceMethod() != null
                && operation.getResourceMethod().isAnnotationPresent(Says.class)
                && says().repeatable();
    }

    private Says says() {
        return Objects.requireNonNull(operation).getResourceMethod().getAnnotation(Says.class);
    }

    private static long limit(@Nullable MediaType type) {
        return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                ? JsonBody.LIMIT
                : BusinessesResource.CSV_LIMIT;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (servlet == null
                || servlet.getAttribute(ANSWERED) != null
                || !(servlet.getAttribute(KEY) instanceof RequestKey key)) {
            return;
        }
        if (response.getStatus() >= 400) {
            answerAsBefore(request, response, key);
        } else if (response.getStatus() < 300 && response.hasEntity() && !stays(response.getEntity())) {
            repeats.keep(key, response.getStatus(), json.write(response.getEntity()));
        }
    }

    /** What its goal tells at any time in the same words is not kept beside it. */
    private static boolean stays(Object entity) {
        return entity instanceof TaskView task && task.stays();
    }

    private void answerAsBefore(ContainerRequestContext request, ContainerResponseContext response, RequestKey key) {
        if (!repeatable() || !says().oneWrite()) {
            return;
        }
        String uri = request.getUriInfo().getRequestUri().getRawPath();
        Identity identity = (Identity) Objects.requireNonNull(servlet).getAttribute(Caller.ATTRIBUTE);
        try {
            repeats.earlier(key, uri, identity).ifPresent(earlier -> {
                response.setStatus(earlier.status());
                response.setEntity(bytes(earlier), new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
                response.getHeaders().putSingle(Repeats.REPLAYED, "true");
            });
        } catch (Refusal refusal) {
            Problem problem = refusal.problem();
            response.setStatus(problem.status());
            response.setEntity(problem, new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        } catch (StoreUnavailable | Engines.NotReady e) {
            LOG.debug("Whether this was answered before cannot be told: {}", e.getMessage());
        }
    }

    /** The request is over, however it ended. */
    static void over(HttpServletRequest request, Repeats repeats) throws IOException {
        if (request.getAttribute(KEY) instanceof RequestKey key) {
            repeats.end(key);
        }
        if (request.getAttribute(SPOOL) instanceof Spool spool) {
            spool.close();
        }
    }
}
