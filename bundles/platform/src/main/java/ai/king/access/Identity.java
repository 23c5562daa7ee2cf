/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Actor;
import java.util.Optional;
import java.util.Set;

/**
 * An authenticated person, or a program acting with a person's token.
 *
 * @param request the idempotency key of the request that is being served; {@link #actor()} carries it on
 */
public record Identity(String name, Set<Role> roles, Optional<Actor.RequestKey> request) {

    public Identity(String name, Set<Role> roles) {
        this(name, roles, Optional.empty());
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public Actor actor() {
        return new Actor(name, Actor.Kind.PERSON, request);
    }

    /** The same person, for the writes of one request. */
    public Identity with(Actor.RequestKey key) {
        return new Identity(name, roles, Optional.of(key));
    }
}
