/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.store.DuplicateRow;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersResourceTest {

    private static final String PASSWORD = "a long enough one";
    private static Door door;

    @BeforeAll
    static void open() {
        door = new Door();
        door.engines.with(Users.class, users());
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void aPasswordNeverComesBack() {
        Door.Answer made = door.post(
                "admin",
                "/users",
                "{\"name\":\"bob\",\"password\":\"" + PASSWORD + "\",\"roles\":[\"legal-approver\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()).isEqualTo("{\"name\":\"bob\",\"roles\":[\"legal-approver\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"bob\"}",
                "{\"name\":\"bob\",\"roles\":[]}",
                "{\"name\":\"bob\",\"roles\":[\"king\"]}",
                "{\"name\":\"bob\",\"roles\":[null]}",
                "{\"name\":\"bob\",\"roles\":[\"viewer\"],\"password\":\"short\"}"
            })
    void aBadUserIs422(String body) {
        assertThat(door.post("admin", "/users", body).status()).isEqualTo(422);
    }

    @Test
    void aTakenNameIs409AndAnUnknownOne404() {
        assertThat(door.post("admin", "/users", "{\"name\":\"taken\",\"roles\":[\"viewer\"]}")
                        .status())
                .isEqualTo(409);
        assertThat(door.method("PATCH", "admin", "/users/none", "{\"roles\":[\"viewer\"]}")
                        .status())
                .isEqualTo(404);
        assertThat(door.method("DELETE", "admin", "/users/none", "").status()).isEqualTo(404);
    }

    @Test
    void everybodyChangesTheirOwnPasswordAndNothingElse() {
        assertThat(door.method("PATCH", "viewer", "/users/viewer", "{\"password\":\"" + PASSWORD + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(door.method("PATCH", "viewer", "/users/viewer", "{\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(door.method("PATCH", "viewer", "/users/admin", "{\"password\":\"" + PASSWORD + "\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aGrantThatNeedsASecondPersonIs202() {
        assertThat(door.method("PATCH", "admin", "/users/viewer", "{\"roles\":[\"approver\"]}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aTokenHasNoMoreRolesThanItsMaker() {
        assertThat(door.post("viewer", "/tokens", "{\"roles\":[\"viewer\"]}").status())
                .isEqualTo(201);
        assertThat(door.post("viewer", "/tokens", "{\"roles\":[\"admin\"]}").status())
                .isEqualTo(422);
        assertThat(door.post("viewer", "/tokens", "{\"days\":0}").status()).isEqualTo(422);
        assertThat(door.post("viewer", "/tokens", "{\"days\":9999}").status()).isEqualTo(422);
    }

    /** Everybody but {@code none} exists; granting approver waits. */
    private static Users users() {
        return (Users) Proxy.newProxyInstance(
                Users.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "find":
                            return arguments[0].equals("none")
                                    ? Optional.empty()
                                    : Optional.of(new Identity((String) arguments[0], Set.of(Role.VIEWER)));
                        case "create":
                            if (arguments[1].equals("taken")) {
                                throw new DuplicateRow("user taken", new RuntimeException());
                            }
                            @SuppressWarnings("unchecked")
                            Set<Role> roles = (Set<Role>) arguments[3];
                            return new Identity((String) arguments[1], roles);
                        case "change":
                            return arguments[3].equals(Optional.of(Set.of(Role.APPROVER)))
                                    ? Optional.empty()
                                    : Optional.of(new Identity((String) arguments[1], Set.of(Role.VIEWER)));
                        default:
                            return List.of();
                    }
                });
    }
}
