/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Actor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Users and their passwords. */
@ProviderType
public interface Users {

    /** Checks name and password; slow by design when the answer is not remembered from the last seconds. */
    Optional<Identity> authenticate(String name, char[] password);

    /** The user's present roles; read again at most 5 s after a change. */
    Optional<Identity> find(String name);

    List<Identity> list();

    /** Throws {@link ai.king.store.DuplicateRow} when the name is taken, {@link IllegalArgumentException} for a bad name. */
    Identity create(Actor by, String name, Optional<char[]> password, Set<Role> roles);

    /**
     * Changes roles or password. Once three people hold {@code approver}, granting {@code approver},
     * {@code legal-approver} or {@code admin} needs a second admin or approver: then this opens an approval and answers
     * empty.
     */
    Optional<Identity> change(Actor by, String name, Optional<char[]> password, Optional<Set<Role>> roles);

    /** Removes a user and the user's tokens. The last admin cannot be removed: {@link IllegalStateException}. */
    void remove(Actor by, String name);
}
