/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.plug.Routes;
import ai.king.store.Page;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pause, resume and cancel by hand: after a page that asks, by who may, and by a form of this page only. */
final class SwitchesTest {

    private final List<String> done = new ArrayList<>();
    private volatile boolean paused;
    private Served served;

    @BeforeEach
    void open() throws Exception {
        served = new Served(Map.of("king", page()));
    }

    @AfterEach
    void close() throws Exception {
        served.close();
    }

    @Test
    void anOperatorPausesAndAnAdministratorResumes() throws Exception {
        served.login = "operator";
        assertThat(served.get("king")).contains("king?switch=pause").doesNotContain("switch=resume");
        assertThat(served.get("king?switch=pause")).contains("Pause the platform?");
        assertThat(served.sent("king", served.form("king?switch=pause"))).startsWith("king?said=Paused");
        assertThat(served.get("king")).doesNotContain("king?switch=");
        served.login = "admin";
        assertThat(served.get("king")).contains("king?switch=resume");
        assertThat(served.sent("king", served.form("king?switch=resume"))).startsWith("king?said=Resumed");
        assertThat(done).containsExactly("pause operator", "resume admin");
    }

    @Test
    void whoMayNotIsToldWhichRoleItNeeds() throws Exception {
        served.login = "viewer";
        assertThat(served.get("king")).doesNotContain("switch=pause").doesNotContain("cancel=");
        assertThat(served.sent("king", served.form("king?switch=pause"))).contains("needs+the+role+operator");
        assertThat(served.sent("king", served.form("king?cancel=g1"))).contains("needs+the+role+operator");
        served.login = "operator";
        assertThat(served.sent("king", served.form("king?switch=resume"))).contains("needs+the+role+admin");
        assertThat(done).isEmpty();
    }

    @Test
    void aGoalThatGoesOnIsCancelledAndOneThatEndedIsNot() throws Exception {
        served.login = "operator";
        assertThat(served.get("king")).contains("king?cancel=g1").doesNotContain("king?cancel=g2");
        assertThat(served.get("king?cancel=g1")).contains("Cancel this goal?");
        assertThat(served.sent("king", served.form("king?cancel=g1"))).contains("said=The+goal+is+now+CANCELLED");
        assertThat(served.get("king?cancel=nothing")).contains("no such goal");
        assertThat(done).containsExactly("cancel g1 operator");
    }

    @Test
    void refusesAFormThatThisPageDidNotMakeForThisPersonAndThisMatter() throws Exception {
        served.login = "operator";
        Map<String, String> pause = served.form("king?switch=pause");
        Map<String, String> other = served.form("king?cancel=g1");
        assertThat(served.post("king", Map.of("switch", "pause")).statusCode()).isEqualTo(403);
        assertThat(served.post("king", Map.of("switch", "pause", "seal", String.valueOf(other.get("seal"))))
                        .statusCode())
                .isEqualTo(403);
        served.login = "admin";
        assertThat(served.post("king", pause).statusCode()).isEqualTo(403);
        assertThat(served.get("king?switch=off")).contains("no such switch");
        assertThat(done).isEmpty();
    }

    private KingPage page() {
        Goals goals = Served.proxy(Goals.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "page" -> new Page<>(
                    List.of(goal("g1", Goal.Status.RUNNING), goal("g2", Goal.Status.COMPLETED)), null);
            case "find" -> arguments[0].equals("g1") ? Optional.of(goal("g1", Goal.Status.RUNNING)) : Optional.empty();
            case "cancel" -> {
                done.add("cancel " + arguments[1] + " " + ((ai.king.store.Actor) arguments[0]).name());
                yield goal("g1", Goal.Status.CANCELLED);
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        Controls controls = Served.proxy(Controls.class, (proxy, method, arguments) -> {
            if (method.getName().equals("paused")) {
                return paused;
            }
            paused = method.getName().equals("pause");
            done.add(method.getName() + " " + ((Identity) arguments[0]).name());
            return null;
        });
        Evolution evolution = Served.proxy(
                Evolution.class,
                (proxy, method, arguments) -> method.getName().equals("pointer")
                        ? new Pointer("pointer", 1, null, null, 0, 0)
                        : new Page<>(List.of(), null));
        return new KingPage(
                Served.users(),
                goals,
                Served.proxy(Approvals.class, (proxy, method, arguments) -> new Page<>(List.of(), null)),
                Served.proxy(Routes.class, (proxy, method, arguments) -> List.of()),
                evolution,
                controls,
                Served.proxy(Agents.class, (proxy, method, arguments) -> List.of()),
                Served.proxy(Tools.class, (proxy, method, arguments) -> List.of()));
    }

    private static Goal goal(String id, Goal.Status status) {
        return new Goal(
                id,
                "goal",
                "Plan",
                status,
                "PLAYBOOK",
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "ann",
                false,
                1,
                Instant.parse("2026-03-01T10:00:00Z"),
                null,
                0);
    }
}
