/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Actor;
import java.util.Set;

/** An authenticated person, or a program acting with a person's token. */
public record Identity(String name, Set<Role> roles) {

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public Actor actor() {
        return Actor.person(name);
    }
}
