/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** API tokens: stored hashed, scoped to roles the owner has, expiring. */
@ProviderType
public interface Tokens {

    /** Makes a token; {@link Issued#secret()} is never shown again. */
    Issued issue(Actor by, Identity owner, String label, Set<Role> roles, Duration life);

    /** Who a secret belongs to, with the roles that both token and owner have now. */
    Optional<Identity> authenticate(String secret);

    List<Token> list(String owner);

    void revoke(Actor by, String owner, String id);

    /** A new token. */
    record Issued(Token token, String secret) {}
}
