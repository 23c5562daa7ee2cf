/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** A release from a proposal on one node: a changed bundle and a changed configuration, with calls of every length under way. */
public class ReleaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, Object> ECHO = Map.of("task", "hello", "input", Map.of());

    private static Node node;
    private static Api admin;
    private static Api bea;

    @BeforeClass
    public static void start() throws IOException {
        node = Node.start(Map.of());
        admin = Api.admin(node);
        admin.post(
                "/users",
                Map.of(
                        "name",
                        "bea",
                        "password",
                        "second-Password-2",
                        "roles",
                        java.util.List.of("operator", "developer", "approver")));
        bea = new Api(node, "bea", "second-Password-2");
    }

    @AfterClass
    public static void stop() {
        node.close();
    }

    @Test
    public void aChangedEchoGoesLiveBesideTheOldAndRollsBackWithNoCallLost() throws IOException {
        try (Traffic traffic = Traffic.over(admin)) {
            String proposal = propose("9.1.0", "second: ");
            JsonNode ready = admin.awaitStatus("/evolution/proposals/" + proposal, PATIENCE, "READY");
            assertThat(ready.path("origin").asText()).isEqualTo("DEVELOPER");
            assertThat(ready.path("findings").findValuesAsText("check"))
                    .contains("manifest", "baseline", "resolution", "bytecode", "reaches", "contract", "sandbox");
            refusesTheAuthorsOwnVote(ready);
            admin.approve(ready.path("approvalId").asText());
            admin.awaitStatus("/evolution/proposals/" + proposal, PATIENCE, "CANARY");
            awaitAnswer("second: hello");
            awaitAnswer("echo: hello");
            assertThat(bea.send("POST", "/evolution/proposals/" + proposal + "/promote", Map.of())
                            .statusCode())
                    .as("nobody promotes a proposal of their own")
                    .isEqualTo(403);
            admin.post("/evolution/proposals/" + proposal + "/promote", Map.of());
            admin.awaitStatus("/evolution/proposals/" + proposal, PATIENCE, "COMPLETED");
            assertThat(answer()).isEqualTo("second: hello");

            admin.post("/evolution/proposals/" + proposal + "/rollback", Map.of());
            admin.awaitStatus("/evolution/proposals/" + proposal, PATIENCE, "ROLLED_BACK");
            assertThat(answer()).isEqualTo("echo: hello");
            traffic.awaitOneLongCall();
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isGreaterThan(50);
        }
    }

    @Test
    public void aChangedConfigurationIsAGenerationOfTheSameJar() {
        JsonNode made = bea.post(
                "/evolution/proposals",
                Map.of(
                        "kind", "CONFIGURATION",
                        "title", "Alert on thirty days",
                        "description", "A week is too short",
                        "change",
                                Map.of(
                                        "plug",
                                        "ai.king.agent.analytics",
                                        "name",
                                        "analytics",
                                        "values",
                                        Map.of("alert.days", "30"))));
        String path = "/evolution/proposals/" + made.path("id").asText();
        JsonNode ready = admin.awaitStatus(path, PATIENCE, "READY");
        assertThat(ready.path("risk").asText()).isEqualTo("LOW");
        admin.approve(ready.path("approvalId").asText());
        admin.awaitStatus(path, PATIENCE, "CANARY");
        JsonNode generations = admin.get("/agents/analytics").path("generations");
        assertThat(generations).hasSizeGreaterThanOrEqualTo(2);
        assertThat(generations.findValuesAsText("version"))
                .as("one version of the jar")
                .containsOnly(generations.get(0).path("version").asText());
        admin.post(path + "/abort", Map.of());
        admin.awaitStatus(path, PATIENCE, "ROLLED_BACK");
    }

    @Test
    public void anAgentThatArrivesByAProposalLivesInTheJail() throws IOException {
        byte[] jar = NewAgent.jar("1.0.1");
        String path = "/evolution/proposals/"
                + Api.ok(bea.propose(
                                Map.of(
                                        "kind",
                                        "BUNDLE",
                                        "title",
                                        "A parrot",
                                        "description",
                                        "Repeats",
                                        "change",
                                        Map.of()),
                                jar))
                        .path("id")
                        .asText();
        JsonNode ready = admin.awaitStatus(path, PATIENCE, "READY");
        admin.approve(ready.path("approvalId").asText());
        admin.awaitStatus(path, PATIENCE, "CANARY");
        admin.post(path + "/promote", Map.of());
        admin.awaitStatus(path, PATIENCE, "COMPLETED");
        JsonNode answer = admin.await("/agents", PATIENCE, list -> list.path("items")
                .findValuesAsText("name")
                .contains("parrot"));
        assertThat(answer).isNotNull();
        assertThat(admin.post("/agents/parrot/tasks", ECHO)
                        .path("data")
                        .path("text")
                        .asText())
                .isEqualTo("parrot: hello");
        JsonNode items = admin.get("/releases?limit=1").path("items").path(0).path("items");
        assertThat(items).anySatisfy(item -> {
            assertThat(item.path("name").asText()).isEqualTo("parrot");
            assertThat(item.path("placement").asText()).isEqualTo("jail");
        });
    }

    @Test
    public void aParkedStepGoesOnAfterTheSwapOfItsAgentAndOrdersOnce() throws IOException {
        String business = Sample.into(admin);
        String goal = admin.post("/goals", Map.of("text", Sample.goal(), "businessId", business))
                .path("id")
                .asText();
        admin.awaitStatus("/goals/" + goal, PATIENCE, "WAITING_APPROVAL");
        JsonNode made = bea.post(
                "/evolution/proposals",
                Map.of(
                        "kind", "CONFIGURATION",
                        "title", "Another reserve",
                        "description", "Swaps the agent of a parked step",
                        "change",
                                Map.of(
                                        "plug",
                                        "ai.king.agent.commerce",
                                        "name",
                                        "commerce",
                                        "values",
                                        Map.of("low.stock", "11"))));
        String path = "/evolution/proposals/" + made.path("id").asText();
        admin.approve(
                admin.awaitStatus(path, PATIENCE, "READY").path("approvalId").asText());
        admin.awaitStatus(path, PATIENCE, "CANARY");
        admin.post(path + "/promote", Map.of());
        admin.awaitStatus(path, PATIENCE, "COMPLETED");

        JsonNode waiting = admin.get("/approvals?status=PENDING&type=FINANCIAL")
                .path("items")
                .path(0);
        admin.approve(waiting.path("id").asText());
        admin.awaitStatus("/goals/" + goal, PATIENCE, "COMPLETED");
        assertThat(admin.awaitMetric(PATIENCE, "king_events_total{name=\"goal.completed\"}"))
                .contains("king_events_total{name=\"step.completed\"}")
                .contains("king_events_total{name=\"approval.required\"}")
                .contains("king_events_total{name=\"evolution.completed\"}")
                .contains("king_events_total{name=\"bundle.started\"}");
        assertThat(admin.get("/system").path("jail").path("tier").asText()).matches("T[123]");
        admin.await("/audit/verify", PATIENCE, chain -> chain.path("unsealed").asLong() == 0);
        assertThat(admin.get("/audit?limit=500").path("items").findValuesAsText("action"))
                .as("orders in the ledger")
                .containsOnlyOnce("purchase.placed");
    }

    @Test
    public void refusesAConfigurationThePlugDoesNotKnow() {
        HttpResponse<String> answer = bea.send(
                "POST",
                "/evolution/proposals",
                Map.of(
                        "kind", "CONFIGURATION",
                        "title", "No such key",
                        "description", "",
                        "change",
                                Map.of(
                                        "plug",
                                        "ai.king.agent.echo",
                                        "name",
                                        "echo",
                                        "values",
                                        Map.of("no.such.key", "1"))));
        if (answer.statusCode() == 202) {
            JsonNode failed = admin.await(
                    "/evolution/proposals/" + Api.read(answer.body()).path("id").asText(),
                    PATIENCE,
                    proposal -> proposal.path("status").asText().equals("FAILED"));
            assertThat(failed.toString()).contains("no.such.key");
        } else {
            assertThat(answer.statusCode()).isEqualTo(422);
        }
    }

    @Test
    public void refusesAJarThatIsNoBundleAndOneWithAUsedVersion() throws IOException {
        Map<String, Object> proposal =
                Map.of("kind", "BUNDLE", "title", "Not a bundle", "description", "x", "change", Map.of());
        HttpResponse<String> noJar = bea.propose(proposal, "not a zip".getBytes());
        failsOrIsRefused(noJar);
        HttpResponse<String> used = bea.propose(proposal, java.nio.file.Files.readAllBytes(echo()));
        failsOrIsRefused(used);
    }

    private static void failsOrIsRefused(HttpResponse<String> answer) {
        if (answer.statusCode() == 202) {
            admin.await(
                    "/evolution/proposals/" + Api.read(answer.body()).path("id").asText(),
                    PATIENCE,
                    found -> found.path("status").asText().equals("FAILED"));
        } else {
            assertThat(answer.statusCode()).isEqualTo(422);
        }
    }

    private static void refusesTheAuthorsOwnVote(JsonNode ready) {
        String id = ready.path("approvalId").asText();
        String hash = admin.get("/approvals/" + id).path("payloadSha256").asText();
        Map<String, Object> vote = Map.of("decision", "APPROVE", "payloadSha256", hash);
        assertThat(bea.send("POST", "/approvals/" + id + "/votes", vote).statusCode())
                .isEqualTo(403);
    }

    static Path echo() throws IOException {
        return Node.home().resolve("plugs/ai.king.agent.echo.jar");
    }

    private static String propose(String version, String prefix) throws IOException {
        byte[] jar = Restamped.of(echo(), version, xml -> xml.replace("value=\"echo: \"", "value=\"" + prefix + "\""));
        HttpResponse<String> answer = bea.propose(
                Map.of(
                        "kind",
                        "BUNDLE",
                        "title",
                        "Another prefix",
                        "description",
                        "Tries out a swap",
                        "change",
                        Map.of()),
                jar);
        return Api.ok(answer).path("id").asText();
    }

    private static String answer() {
        return admin.post("/agents/echo/tasks", ECHO).path("data").path("text").asText();
    }

    private static void awaitAnswer(String wanted) {
        for (int i = 0; i < 300; i++) {
            if (answer().equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("no task of 300 was answered " + wanted);
    }
}
