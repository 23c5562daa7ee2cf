/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.access.Token;
import ai.king.access.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** One's own API tokens. */
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final Engines engines;

    TokensResource(Engines engines) {
        this.engines = engines;
    }

    /** A token as it is asked for; all one's roles and 30 days where nothing is said. */
    public record NewToken(@Nullable String label, @Nullable List<String> roles, @Nullable Integer days) {}

    /** A token; the secret stands only in the answer that made it. */
    public record TokenView(
            String id, String label, List<String> roles, Instant createdAt, Instant expiresAt, @Nullable String token) {
        static TokenView of(Token token, @Nullable String secret) {
            return new TokenView(
                    token.id(), token.label(), token.roles(), token.createdAt(), token.expiresAt(), secret);
        }
    }

    @POST
    @Needs(Role.VIEWER)
    @Says(
            value = "Makes a token with roles that the caller has; shows its secret this once",
            status = 201,
            repeatable = false)
    public TokenView issue(NewToken body, @Context Caller caller) {
        int days = body.days() == null ? USUAL_DAYS : body.days();
        Set<Role> roles = body.roles() == null ? caller.identity().roles() : UsersResource.roles(body.roles());
        new Checks()
                .expect(days >= 1 && days <= MOST_DAYS, "/days", "must be 1 to " + MOST_DAYS)
                .expect(caller.identity().roles().containsAll(roles), "/roles", "more than the caller has")
                .atMost(body.label(), 100, "/label")
                .pass();
        Tokens.Issued issued = tokens().issue(
                        caller.actor(),
                        caller.identity(),
                        body.label() == null ? "" : body.label(),
                        roles,
                        Duration.ofDays(days));
        return TokenView.of(issued.token(), issued.secret());
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("The caller's tokens, without their secrets")
    public Items<TokenView> list(@Context Caller caller) {
        return Items.all(tokens().list(caller.name()), token -> TokenView.of(token, null));
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says(value = "Ends one of the caller's tokens", status = 204)
    public void revoke(@PathParam("id") String id, @Context Caller caller) {
        if (tokens().list(caller.name()).stream().noneMatch(token -> token.id().equals(id))) {
            throw Refusal.unknown("token", id);
        }
        tokens().revoke(caller.actor(), caller.name(), id);
    }

    private Tokens tokens() {
        return engines.get(Tokens.class);
    }
}
