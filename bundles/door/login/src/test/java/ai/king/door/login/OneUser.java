/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.store.Actor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Users with exactly one in it: ann, password "right", who may approve. */
final class OneUser implements Users {

    static final Identity ANN = new Identity("ann", Set.of(Role.VIEWER, Role.LEGAL_APPROVER));

    int asked;

    @Override
    public Optional<Identity> authenticate(String name, char[] password) {
        asked++;
        return name.equals("ann") && Arrays.equals(password, "right".toCharArray())
                ? Optional.of(ANN)
                : Optional.empty();
    }

    @Override
    public Optional<Identity> find(String name) {
        return name.equals("ann") ? Optional.of(ANN) : Optional.empty();
    }

    @Override
    public List<Identity> list() {
        return List.of(ANN);
    }

    @Override
    public Identity create(Actor by, String name, Optional<char[]> password, Set<Role> roles) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Identity> change(Actor by, String name, Optional<char[]> password, Optional<Set<Role>> roles) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(Actor by, String name) {
        throw new UnsupportedOperationException();
    }
}
