/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Two real nodes on one PostgreSQL: one release, two frameworks, no call lost; and one node goes on when the other dies. */
public class TwoNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Map<String, Object> ECHO = Map.of("task", "hello", "input", Map.of());

    private static EmbeddedPostgres postgres;
    private static Node first;
    private static Node second;

    @BeforeClass
    public static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        first = node();
        second = node();
    }

    private static Node node() throws IOException {
        Path data = Node.freshData();
        Path etc = Files.createDirectories(data.resolve("etc"));
        Files.writeString(
                etc.resolve("ai.king.engine.store.cfg"),
                "url = " + postgres.getJdbcUrl("postgres", "postgres") + "\nuser = postgres\npassword = postgres\n");
        return Node.start(data, Map.of());
    }

    @AfterClass
    public static void stop() throws IOException {
        first.close();
        second.close();
        postgres.close();
    }

    @Test
    public void aReleaseReachesBothNodesGoesBackOnBothAndSurvivesTheDeathOfOne() throws IOException {
        Api one = Api.admin(first);
        Api two = Api.admin(second);
        two.post(
                "/users",
                Map.of(
                        "name",
                        "bea",
                        "password",
                        "second-Password-2",
                        "roles",
                        List.of("operator", "developer", "approver")));
        assertThat(one.await("/system", PATIENCE, system -> system.path("nodes").size() == 2))
                .isNotNull();
        try (Traffic onFirst = Traffic.over(one);
                Traffic onSecond = Traffic.over(two, 1)) {
            Api bea = new Api(first, "bea", "second-Password-2");
            goesThereAndBack(
                    Swap.bundle(
                            bea,
                            two,
                            "ai.king.agent.echo",
                            "9.2.0",
                            xml -> xml.replace("value=\"echo: \"", "value=\"both: \"")),
                    "both: hello");
            goesThereAndBack(
                    Swap.configuration(bea, one, "ai.king.agent.echo", "echo", Map.of("prefix", "set: ")),
                    "set: hello");
            onFirst.awaitOneLongCall();
            onSecond.awaitOneLongCall();
            assertThat(onFirst.failures()).isEmpty();
            assertThat(onSecond.failures()).isEmpty();
        }
        anAcceptedGoalOutlivesTheNodeThatTookIt(one, two);
        assertThat(answer(one)).isEqualTo("echo: hello");
    }

    private static void goesThereAndBack(Swap swap, String wanted) {
        swap.tried().promoted();
        awaitAnswer(Api.admin(first), wanted);
        awaitAnswer(Api.admin(second), wanted);
        swap.rolledBack();
        awaitAnswer(Api.admin(first), "echo: hello");
        awaitAnswer(Api.admin(second), "echo: hello");
    }

    /** It waits for its person as it would have there, and orders once. */
    private static void anAcceptedGoalOutlivesTheNodeThatTookIt(Api one, Api two) throws IOException {
        String business = Sample.into(two);
        String accepted = two.post("/goals", Map.of("text", Sample.goal(), "businessId", business))
                .path("id")
                .asText();
        second.kill();
        one.awaitStatus("/goals/" + accepted, PATIENCE, "WAITING_APPROVAL");
        one.approve(one.get("/approvals?status=PENDING&type=FINANCIAL")
                .path("items")
                .path(0)
                .path("id")
                .asText());
        one.awaitStatus("/goals/" + accepted, PATIENCE, "COMPLETED");
        assertThat(one.get("/audit?limit=500").path("items").findValuesAsText("action"))
                .as("orders in the ledger")
                .containsOnlyOnce("purchase.placed");
    }

    private static String answer(Api api) {
        return api.post("/agents/echo/tasks", ECHO).path("data").path("text").asText();
    }

    /** A node takes a change within a second or so; until then it answers as before, never with an error. */
    private static void awaitAnswer(Api api, String wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String last = answer(api);
        while (!last.equals(wanted)) {
            assertThat(System.nanoTime()).as("still " + last).isLessThan(end);
            last = answer(api);
        }
    }
}
