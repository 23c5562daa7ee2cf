/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Users; an administrator's matter, but for one's own password. */
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UsersResource {

    private static final int PASSWORD_LEAST = 12;
    private static final int PASSWORD_MOST = 256;

    private final Engines engines;

    UsersResource(Engines engines) {
        this.engines = engines;
    }

    /** A user; the password never comes back. */
    public record UserView(String name, List<String> roles) {
        static UserView of(Identity identity) {
            return new UserView(
                    identity.name(),
                    identity.roles().stream().map(Role::label).sorted().toList());
        }
    }

    /** A user as it is made. */
    public record NewUser(@Nullable String name, @Nullable String password, @Nullable List<String> roles) {}

    /** What is changed; null members stay. */
    public record UserChange(@Nullable String password, @Nullable List<String> roles) {}

    /** A change that waits for a second person. */
    public record Waiting(String name, String status) {}

    @POST
    @Needs(Role.ADMIN)
    @Says(value = "Makes a user", status = 201, repeatable = false)
    public UserView create(NewUser body, @Context Caller caller) {
        Set<Role> roles = roles(body.roles());
        checkPassword(new Checks().needed(body.name(), "/name"), body.password())
                .pass();
        return UserView.of(
                users().create(caller.actor(), String.valueOf(body.name()), password(body.password()), roles));
    }

    @GET
    @Needs(Role.ADMIN)
    @Says("All users")
    public Items<UserView> list() {
        return Items.all(users().list(), UserView::of);
    }

    @PATCH
    @Path("/{name}")
    @Needs(Role.VIEWER)
    @Says(
            value = "Changes roles or password: administrators anybody's, everybody their own password; "
                    + "202 when granting a role waits for a second person",
            type = UserView.class)
    public Response change(@PathParam("name") String name, UserChange body, @Context Caller caller) {
        boolean admin = caller.identity().has(Role.ADMIN);
        boolean ownPassword = caller.name().equals(name) && body.roles() == null;
        if (!admin && !ownPassword) {
            throw Refusal.of(403, "this needs the role admin");
        }
        checkPassword(new Checks(), body.password())
                .expect(body.password() != null || body.roles() != null, "", "nothing to change")
                .pass();
        if (users().find(name).isEmpty()) {
            throw Refusal.unknown("user", name);
        }
        Optional<Identity> changed = users().change(
                        caller.actor(),
                        name,
                        password(body.password()),
                        body.roles() == null ? Optional.empty() : Optional.of(roles(body.roles())));
        return changed.map(identity -> Response.ok(UserView.of(identity)).build())
                .orElseGet(() -> Response.status(202)
                        .entity(new Waiting(name, "WAITING_APPROVAL"))
                        .build());
    }

    @DELETE
    @Path("/{name}")
    @Needs(Role.ADMIN)
    @Says(value = "Removes a user and the user's tokens; never the last administrator", status = 204)
    public void remove(@PathParam("name") String name, @Context Caller caller) {
        if (users().find(name).isEmpty()) {
            throw Refusal.unknown("user", name);
        }
        users().remove(caller.actor(), name);
    }

    /** Labels of roles; {@link Refusal} names one that is none. */
    static Set<Role> roles(@Nullable List<String> labels) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> given = labels == null ? List.of() : labels;
        Function<String, Optional<Role>> known = label -> Arrays.stream(Role.values())
                .filter(role -> role.label().equals(label))
                .findFirst();
        for (int i = 0; i < given.size(); i++) {
            String pointer = "/roles/" + i;
            roles.add(known.apply(String.valueOf(given.get(i)))
                    .orElseThrow(() -> Refusal.at(
                            pointer,
                            "must be one of "
                                    + Arrays.stream(Role.values())
                                            .map(Role::label)
                                            .toList())));
        }
        if (roles.isEmpty()) {
            throw Refusal.at("/roles", "at least one role is needed");
        }
        return Set.copyOf(roles);
    }

    private static Checks checkPassword(Checks checks, @Nullable String password) {
        return checks.expect(
                password == null || (password.length() >= PASSWORD_LEAST && password.length() <= PASSWORD_MOST),
                "/password",
                "must have " + PASSWORD_LEAST + " to " + PASSWORD_MOST + " characters");
    }

    private static Optional<char[]> password(@Nullable String password) {
        return Optional.ofNullable(password).map(String::toCharArray);
    }

    private Users users() {
        return engines.get(Users.class);
    }
}
