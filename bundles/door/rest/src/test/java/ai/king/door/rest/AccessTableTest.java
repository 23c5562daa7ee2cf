/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.business.Businesses;
import ai.king.business.Playbooks;
import ai.king.evolution.Evolution;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Gate;
import ai.king.inferences.Inferences;
import ai.king.plug.Routes;
import ai.king.signals.Signals;
import ai.king.store.Ledger;
import ai.king.store.RequestLog;
import ai.king.work.Conversations;
import ai.king.work.Goals;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with nobody, with the wrong role, with an expired token and with the right role. */
final class AccessTableTest {

    private static final List<Class<?>> ENGINES = List.of(
            Users.class,
            Agents.class,
            Tools.class,
            Businesses.class,
            Playbooks.class,
            Evolution.class,
            Approvals.class,
            Controls.class,
            Gate.class,
            Inferences.class,
            Routes.class,
            Signals.class,
            Ledger.class,
            RequestLog.class,
            Goals.class,
            Conversations.class);

    private static Door door;

    @BeforeAll
    static void open() {
        door = new Door();
        ENGINES.forEach(AccessTableTest::add);
    }

    private static <T> void add(Class<T> type) {
        door.engines.with(type, FixedEngines.empty(type));
    }

    @AfterAll
    static void close() {
        door.close();
    }

    static List<Operations.Operation> operations() {
        return Operations.all();
    }

    @Test
    void everyOperationSaysWhoMayCallItAndWhatItDoes() {
        assertThat(operations()).hasSizeGreaterThan(40).allSatisfy(operation -> {
            assertThat(operation.java().getAnnotation(Needs.class))
                    .as("%s", operation)
                    .isNotNull();
            assertThat(operation.java().getAnnotation(Says.class))
                    .as("%s", operation)
                    .isNotNull();
        });
    }

    @Test
    void onlyHealthIsOpen() {
        assertThat(operations())
                .filteredOn(
                        operation -> operation.java().getAnnotation(Needs.class).open())
                .extracting(Operations.Operation::template)
                .containsExactlyInAnyOrder("/health/live", "/health/ready");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isRefusedToNobodyAndToTheWrongRole(Operations.Operation operation) {
        Needs needs = operation.java().getAnnotation(Needs.class);
        if (needs.open()) {
            return;
        }
        assertThat(call(operation, "")).as("nobody").isEqualTo(401);
        for (Role role : Role.values()) {
            boolean may = needs.value()[0] == Role.VIEWER
                    || Arrays.asList(needs.value()).contains(role);
            int status = call(operation, role.label());
            if (may) {
                assertThat(status).as(role.label()).isNotIn(401, 405, 415).isLessThan(500);
            } else {
                assertThat(status).as(role.label()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isOpenToWhoHasAllRoles(Operations.Operation operation) {
        String everybody = Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining("+"));
        assertThat(call(operation, everybody)).isNotIn(401, 403, 405, 415).satisfies(status -> {
            if (!operation.template().equals("/health/ready")) {
                assertThat(status).isLessThan(500);
            }
        });
    }

    private static int call(Operations.Operation operation, String user) {
        return door.send(door.as(user, operation.path())
                        .header("Content-Type", operation.reads())
                        .method(operation.method(), BodyPublishers.ofString("{}")))
                .status();
    }
}
