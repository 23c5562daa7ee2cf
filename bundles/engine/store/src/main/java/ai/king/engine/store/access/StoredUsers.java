/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Token;
import ai.king.access.User;
import ai.king.access.Users;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users as rows; every change is in the ledger, no password and no hash ever is. */
@Component(service = {Users.class, StoredUsers.class})
public final class StoredUsers implements Users {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final long SECONDS = 3_000;

    private final Store store;
    private final RoleGrants grants;
    private final Passwords passwords = new Passwords();
    private final Remembered<Optional<User>> users = new Remembered<>(SECONDS);
    private final Remembered<Boolean> verified = new Remembered<>(SECONDS);
    private final String pepper;
    private final String nobody;

    @Activate
    public StoredUsers(@Reference Store store, @Reference RoleGrants grants) {
        this.store = store;
        this.grants = grants;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.pepper = HexFormat.of().formatHex(random);
        this.nobody = passwords.nobodys();
    }

    @Override
    public Optional<Identity> authenticate(String name, char[] password) {
        User user = user(name).orElse(null);
        String hash = user == null || user.passwordHash() == null ? nobody : user.passwordHash();
        // The same work for a name that is not there: the time must not tell.
        boolean right = verified.get(fingerprint(name, hash, password), () -> passwords.verify(password, hash));
        return right && user != null && hash.equals(user.passwordHash())
                ? Optional.of(identity(user))
                : Optional.empty();
    }

    private String fingerprint(String name, String hash, char[] password) {
        return Json.sha256(pepper + "\n" + name + "\n" + hash + "\n" + new String(password));
    }

    @Override
    public Optional<Identity> find(String name) {
        return user(name).map(StoredUsers::identity);
    }

    private Optional<User> user(String name) {
        return NAME.matcher(name).matches()
                ? users.get(name, () -> store.read(r -> r.find(User.class, name)))
                : Optional.empty();
    }

    static Identity identity(User user) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        user.roles().forEach(label -> roles.add(Role.of(label)));
        return new Identity(user.id(), Set.copyOf(roles));
    }

    @Override
    public List<Identity> list() {
        return store.read(r -> r.list(Query.of(User.class).ascending("id"))).stream()
                .map(StoredUsers::identity)
                .toList();
    }

    @Override
    public Identity create(Actor by, String name, Optional<char[]> password, Set<Role> roles) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a user's name has 1 to 64 letters, digits and . _ @ -");
        }
        String hash = password.map(passwords::hash).orElse(null);
        User created = store.write(by, tx -> {
            Set<Role> now = grants.immediate(tx, Set.of(), roles);
            User user = tx.insert(new User(name, hash, labels(now), tx.now(), tx.now(), 0));
            tx.record("user.created", name, Map.of("roles", user.roles(), "password", hash != null));
            grants.ask(tx, name, now, roles);
            return user;
        });
        forget();
        return identity(created);
    }

    @Override
    public Optional<Identity> change(Actor by, String name, Optional<char[]> password, Optional<Set<Role>> roles) {
        String hash = password.map(passwords::hash).orElse(null);
        Optional<Identity> changed = store.write(by, tx -> {
            List<User> all = lockAll(tx);
            User user = required(all, name);
            Set<Role> before = identity(user).roles();
            Set<Role> wanted = roles.orElse(before);
            Set<Role> now = grants.immediate(tx, before, wanted);
            if (before.contains(Role.ADMIN) && !now.contains(Role.ADMIN)) {
                keepAdmin(all, name);
            }
            User after = tx.update(with(user, hash, labels(now), tx.now()));
            tx.record("user.changed", name, Map.of("roles", after.roles(), "password", hash != null));
            boolean whole = !grants.ask(tx, name, now, wanted);
            return whole ? Optional.of(identity(after)) : Optional.empty();
        });
        forget();
        if (hash != null) {
            FirstAdmin.passwordChanged(name);
        }
        return changed;
    }

    private static User with(User user, @Nullable String hash, List<String> roles, Instant now) {
        return new User(
                user.id(), hash == null ? user.passwordHash() : hash, roles, user.createdAt(), now, user.version());
    }

    @Override
    public void remove(Actor by, String name) {
        store.write(by, tx -> {
            List<User> all = lockAll(tx);
            if (identity(required(all, name)).has(Role.ADMIN)) {
                keepAdmin(all, name);
            }
            tx.delete(User.class, name);
            tx.list(Query.of(Token.class).where("owner", name)).forEach(t -> tx.delete(Token.class, t.id()));
            tx.record("user.removed", name, Map.of());
            return name;
        });
        forget();
    }

    /** Users are few, and changed one after the other: so two admins cannot remove each other at once. */
    static List<User> lockAll(Tx tx) {
        return tx.list(Query.of(User.class).ascending("id")).stream()
                .flatMap(u -> tx.lock(User.class, u.id()).stream())
                .toList();
    }

    private static User required(List<User> all, String name) {
        return all.stream()
                .filter(u -> u.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no user " + name));
    }

    private static void keepAdmin(Collection<User> all, String without) {
        boolean other = all.stream()
                .anyMatch(u -> !u.id().equals(without) && identity(u).has(Role.ADMIN));
        if (!other) {
            throw new IllegalStateException(without + " is the last admin");
        }
    }

    static List<String> labels(Set<Role> roles) {
        return Arrays.stream(Role.values())
                .filter(roles::contains)
                .map(Role::label)
                .collect(Collectors.toUnmodifiableList());
    }

    /** After a change on this node it counts at once. */
    void forget() {
        users.forget();
    }
}
