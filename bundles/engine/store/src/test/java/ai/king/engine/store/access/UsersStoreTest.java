/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Token;
import ai.king.access.Tokens;
import ai.king.access.User;
import ai.king.engine.store.TestDatabase;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersStoreTest {

    private static final Actor ADMIN = Actor.person("admin");
    private final TestDatabase database = TestDatabase.h2();
    private final StoredUsers users = new StoredUsers(database.store(), new RoleGrants());
    private final StoredTokens tokens = new StoredTokens(database.store(), users);

    @AfterEach
    void close() {
        database.close();
    }

    private static Optional<char[]> password(String text) {
        return Optional.of(text.toCharArray());
    }

    @Test
    void knowsAUserByPasswordAndNobodyElse() {
        users.create(ADMIN, "anna", password("correct horse"), Set.of(Role.OPERATOR));
        assertThat(users.authenticate("anna", "correct horse".toCharArray()))
                .contains(new Identity("anna", Set.of(Role.OPERATOR)));
        assertThat(users.authenticate("anna", "correct horse".toCharArray())).isPresent();
        assertThat(users.authenticate("anna", "wrong horse".toCharArray())).isEmpty();
        assertThat(users.authenticate("berta", "correct horse".toCharArray())).isEmpty();
        assertThat(users.authenticate("' or 1=1", "correct horse".toCharArray()))
                .isEmpty();
        String hash = database.store()
                .read(r -> r.find(User.class, "anna"))
                .orElseThrow()
                .passwordHash();
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    }

    @Test
    void aUserWithoutPasswordCannotLogIn() {
        users.create(ADMIN, "robot", Optional.empty(), Set.of(Role.VIEWER));
        assertThat(users.authenticate("robot", new char[0])).isEmpty();
        assertThat(users.find("robot")).isPresent();
    }

    @Test
    void aNewPasswordCountsAtOnce() {
        users.create(ADMIN, "anna", password("first password"), Set.of());
        assertThat(users.authenticate("anna", "first password".toCharArray())).isPresent();
        users.change(ADMIN, "anna", password("second password"), Optional.empty());
        assertThat(users.authenticate("anna", "first password".toCharArray())).isEmpty();
        assertThat(users.authenticate("anna", "second password".toCharArray())).isPresent();
    }

    @Test
    void refusesTakenAndBadNamesAndShortPasswords() {
        users.create(ADMIN, "anna", Optional.empty(), Set.of());
        assertThatThrownBy(() -> users.create(ADMIN, "anna", Optional.empty(), Set.of()))
                .isInstanceOf(DuplicateRow.class);
        for (String name : List.of("", "a b", "-x", "x".repeat(65), "a\nb")) {
            assertThatThrownBy(() -> users.create(ADMIN, name, Optional.empty(), Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> users.create(ADMIN, "berta", password("short"), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> users.change(ADMIN, "nobody", Optional.empty(), Optional.empty()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theLastAdminStays() {
        users.create(ADMIN, "anna", Optional.empty(), Set.of(Role.ADMIN));
        assertThatThrownBy(() -> users.remove(ADMIN, "anna")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> users.change(ADMIN, "anna", Optional.empty(), Optional.of(Set.of())))
                .isInstanceOf(IllegalStateException.class);
        users.create(ADMIN, "berta", Optional.empty(), Set.of(Role.ADMIN));
        users.remove(ADMIN, "anna");
        assertThat(users.list()).extracting(Identity::name).containsExactly("berta");
        assertThat(users.find("anna")).isEmpty();
    }

    @Test
    void aFourthApproverNeedsASecondPerson() {
        for (String name : List.of("a", "b", "c")) {
            users.create(ADMIN, name, Optional.empty(), Set.of(Role.APPROVER));
        }
        users.create(ADMIN, "d", Optional.empty(), Set.of(Role.VIEWER));
        assertThatThrownBy(() ->
                        users.change(ADMIN, "d", Optional.empty(), Optional.of(Set.of(Role.VIEWER, Role.APPROVER))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("second person");
        assertThat(users.find("d").orElseThrow().roles()).containsExactly(Role.VIEWER);
        users.change(ADMIN, "d", Optional.empty(), Optional.of(Set.of(Role.OPERATOR)));
        assertThat(users.find("d").orElseThrow().roles()).containsExactly(Role.OPERATOR);
    }

    @Test
    void aTokenStandsForItsOwnerWithRolesThatBothHave() {
        Identity anna = users.create(ADMIN, "anna", Optional.empty(), Set.of(Role.OPERATOR, Role.DEVELOPER));
        Tokens.Issued issued =
                tokens.issue(ADMIN, anna, "ci", Set.of(Role.OPERATOR, Role.DEVELOPER), Duration.ofDays(30));
        assertThat(issued.secret()).startsWith("king_").hasSizeGreaterThan(45);
        assertThat(issued.token().id()).doesNotContain(issued.secret());
        assertThat(tokens.authenticate(issued.secret()).orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.OPERATOR, Role.DEVELOPER);
        users.change(ADMIN, "anna", Optional.empty(), Optional.of(Set.of(Role.OPERATOR)));
        assertThat(tokens.authenticate(issued.secret()).orElseThrow().roles()).containsExactly(Role.OPERATOR);
        assertThat(tokens.authenticate(issued.secret() + "x")).isEmpty();
        assertThat(tokens.authenticate("")).isEmpty();
        assertThat(tokens.list("anna")).extracting(Token::label).containsExactly("ci");
        assertThatThrownBy(() -> tokens.revoke(ADMIN, "berta", issued.token().id()))
                .isInstanceOf(NoSuchElementException.class);
        tokens.revoke(ADMIN, "anna", issued.token().id());
        assertThat(tokens.authenticate(issued.secret())).isEmpty();
    }

    @Test
    void aTokenGoesWithItsOwner() {
        Identity anna = users.create(ADMIN, "anna", Optional.empty(), Set.of(Role.OPERATOR));
        String secret = tokens.issue(ADMIN, anna, "ci", Set.of(Role.OPERATOR), Duration.ofDays(1))
                .secret();
        assertThatThrownBy(() -> tokens.issue(ADMIN, anna, "ci", Set.of(Role.ADMIN), Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tokens.issue(ADMIN, anna, "ci", Set.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        users.remove(ADMIN, "anna");
        assertThat(tokens.authenticate(secret)).isEmpty();
    }

    @Test
    void makesTheFirstUserWithAPasswordOnlyTheOwnerOfTheFileReads(@TempDir Path folder) throws IOException {
        new FirstAdmin(users, Optional.empty(), folder);
        Path file = folder.resolve("admin-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Identity admin = users.authenticate(
                        "admin", Files.readString(file).strip().toCharArray())
                .orElseThrow();
        assertThat(admin.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.DEVELOPER, Role.OPERATOR, Role.APPROVER);
        String before = Files.readString(file);
        new FirstAdmin(users, Optional.empty(), folder);
        assertThat(Files.readString(file)).isEqualTo(before);
        String kept = System.setProperty("king.data", folder.toString());
        try {
            users.change(ADMIN, "admin", password("another password"), Optional.empty());
        } finally {
            if (kept == null) {
                System.clearProperty("king.data");
            } else {
                System.setProperty("king.data", kept);
            }
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void takesTheGivenFirstPassword(@TempDir Path folder) {
        new FirstAdmin(users, Optional.of("given password"), folder);
        assertThat(folder.resolve("admin-password")).doesNotExist();
        assertThat(users.authenticate("admin", "given password".toCharArray())).isPresent();
    }
}
