/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.util.Optional;

/**
 * Who does something; derived from the authenticated principal or the run, never from a field of a request.
 *
 * @param name user name, agent name, or engine name
 * @param request the idempotency key of the request this write serves
 */
public record Actor(String name, Kind kind, Optional<RequestKey> request) {

    /** What kind of actor. */
    public enum Kind {
        PERSON,
        AI,
        SYSTEM
    }

    /**
     * An idempotency key with the digest of the request's body.
     *
     * @param key the client's key, prefixed by the principal and the route
     * @param digest lower-case hex SHA-256 of the body
     */
    public record RequestKey(String key, String digest) {}

    public static Actor person(String name) {
        return new Actor(name, Kind.PERSON, Optional.empty());
    }

    public static Actor ai(String agent) {
        return new Actor(agent, Kind.AI, Optional.empty());
    }

    public static Actor system(String engine) {
        return new Actor(engine, Kind.SYSTEM, Optional.empty());
    }

    public Actor with(RequestKey key) {
        return new Actor(name, kind, Optional.of(key));
    }
}
