/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.store.Actor.RequestKey;
import ai.king.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Puts the key of a repeatable POST on its caller, and answers one that was answered before. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public final class RepeatedRequests implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String KEY = "ai.king.request.key";
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
        Optional<Repeats.Earlier> earlier = repeats.begin(key, uri, identity);
        if (earlier.isPresent()) {
            request.abortWith(Response.status(earlier.get().status())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(Repeats.REPLAYED, "true")
                    .entity(earlier.get().body().getBytes(StandardCharsets.UTF_8))
                    .build());
            return;
        }
        servlet.setAttribute(KEY, key);
        servlet.setAttribute(Caller.ATTRIBUTE, identity.with(key));
    }

    private boolean repeatable() {
        if (operation == null || operation.getResourceMethod() == null) {
            return false;
        }
        Says says = operation.getResourceMethod().getAnnotation(Says.class);
        return says != null && says.repeatable();
    }

    private static long limit(@Nullable MediaType type) {
        return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                ? JsonBody.LIMIT
                : BusinessesResource.CSV_LIMIT;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (servlet != null
                && servlet.getAttribute(KEY) instanceof RequestKey key
                && response.getStatus() < 300
                && response.hasEntity()) {
            repeats.keep(key, response.getStatus(), json.write(response.getEntity()));
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
