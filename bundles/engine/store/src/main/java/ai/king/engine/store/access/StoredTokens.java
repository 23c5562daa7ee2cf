/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Token;
import ai.king.access.Tokens;
import ai.king.access.Users;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tokens as rows under the SHA-256 of their secret, which is random enough to need no slow hash. */
@Component
public final class StoredTokens implements Tokens {

    private static final String PREFIX = "king_";
    private static final int SECRET_BYTES = 32;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long SECONDS = 3_000;

    private final Store store;
    private final Users users;
    private final SecureRandom random = new SecureRandom();
    private final Remembered<Optional<Token>> tokens = new Remembered<>(SECONDS);

    @Activate
    public StoredTokens(@Reference Store store, @Reference Users users) {
        this.store = store;
        this.users = users;
    }

    @Override
    public Issued issue(Actor by, Identity owner, String label, Set<Role> roles, Duration life) {
        if (!owner.roles().containsAll(roles)) {
            throw new IllegalArgumentException(
                    "a token has roles of its owner only: " + StoredUsers.labels(owner.roles()));
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a token lives for up to " + LONGEST.toDays() + " days");
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Token stored = store.write(by, tx -> {
            Token token = tx.insert(new Token(
                    Json.sha256(secret),
                    owner.name(),
                    label,
                    StoredUsers.labels(roles),
                    tx.now(),
                    tx.now().plus(life),
                    0));
            tx.record("token.issued", token.id(), Map.of("owner", owner.name(), "roles", token.roles()));
            return token;
        });
        tokens.forget();
        return new Issued(stored, secret);
    }

    @Override
    public Optional<Identity> authenticate(String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > 100) {
            return Optional.empty();
        }
        String id = Json.sha256(secret);
        return tokens.get(id, () -> store.read(r -> r.find(Token.class, id)))
                .filter(t -> t.expiresAt().isAfter(store.clock().instant()))
                .flatMap(t -> users.find(t.owner()).map(owner -> narrowed(owner, t)));
    }

    private static Identity narrowed(Identity owner, Token token) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        token.roles().stream().map(Role::of).filter(owner::has).forEach(roles::add);
        return new Identity(owner.name(), Set.copyOf(roles));
    }

    @Override
    public List<Token> list(String owner) {
        return store.read(
                r -> r.list(Query.of(Token.class).where("owner", owner).ascending("createdAt")));
    }

    @Override
    public void revoke(Actor by, String owner, String id) {
        store.write(by, tx -> {
            tx.find(Token.class, id)
                    .filter(t -> t.owner().equals(owner))
                    .orElseThrow(() -> new NoSuchElementException("there is no such token of " + owner));
            tx.delete(Token.class, id);
            tx.record("token.revoked", id, Map.of("owner", owner));
            return id;
        });
        tokens.forget();
    }
}
