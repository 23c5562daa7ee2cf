/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
                Traffic onSecond = Traffic.over(two)) {
            String proposal = propose(new Api(first, "bea", "second-Password-2"));
            String path = "/evolution/proposals/" + proposal;
            JsonNode ready = two.awaitStatus(path, PATIENCE, "READY");
            two.approve(ready.path("approvalId").asText());
            one.awaitStatus(path, PATIENCE, "CANARY");
            two.post(path + "/promote", Map.of());
            awaitAnswer(one, "both: hello");
            awaitAnswer(two, "both: hello");

            one.post(path + "/rollback", Map.of());
            awaitAnswer(one, "echo: hello");
            awaitAnswer(two, "echo: hello");
            onFirst.awaitOneLongCall();
            onSecond.awaitOneLongCall();
            assertThat(onFirst.failures()).isEmpty();
            assertThat(onSecond.failures()).isEmpty();
        }
        String accepted = two.post("/goals", Map.of("text", "Repeat this: hello"))
                .path("id")
                .asText();
        second.kill();
        one.await("/goals/" + accepted, PATIENCE, goal -> List.of(
                        "COMPLETED", "WAITING_INPUT", "WAITING_APPROVAL", "FAILED")
                .contains(goal.path("status").asText()));
        assertThat(answer(one)).isEqualTo("echo: hello");
    }

    private static String propose(Api developer) throws IOException {
        byte[] jar =
                Restamped.of(ReleaseIT.echo(), "9.2.0", xml -> xml.replace("value=\"echo: \"", "value=\"both: \""));
        return Api.ok(developer.propose(
                        Map.of(
                                "kind",
                                "BUNDLE",
                                "title",
                                "Another prefix",
                                "description",
                                "On both nodes",
                                "change",
                                Map.of()),
                        jar))
                .path("id")
                .asText();
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
