/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.store.Actor;

/** Who calls, for the writes of this request. */
public record Caller(Identity identity) {

    /** The attribute of a request under which {@link Entrance} leaves the {@link Identity}. */
    public static final String ATTRIBUTE = "ai.king.identity";

    public String name() {
        return identity.name();
    }

    public Actor actor() {
        return identity.actor();
    }

    /** Whether one of the roles is held; viewing is part of every role. */
    boolean mayDo(Role[] roles) {
        for (Role role : roles) {
            if (role == Role.VIEWER ? !identity.roles().isEmpty() : identity.has(role)) {
                return true;
            }
        }
        return false;
    }
}
