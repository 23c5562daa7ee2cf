/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Releases from proposals on one node: changed bundles and changed configurations, with calls of every length under way. */
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
                        List.of("operator", "developer", "approver")));
        bea = new Api(node, "bea", "second-Password-2");
    }

    @AfterClass
    public static void stop() {
        node.close();
    }

    @Test
    public void bundlesAndConfigurationsGoLiveAndRollBackWithNoCallLost() throws IOException {
        String business = Sample.into(admin);
        String parked = admin.post("/goals", Map.of("text", Sample.goal(), "businessId", business))
                .path("id")
                .asText();
        admin.awaitStatus("/goals/" + parked, PATIENCE, "WAITING_APPROVAL");
        try (Traffic traffic = Traffic.over(admin)) {
            echoAsABundle();
            echoAsAConfiguration();
            analyticsAsABundle(business);
            analyticsAsAConfiguration(business);
            theAgentOfTheParkedStep();
            traffic.awaitOneLongCall();
            traffic.stop();
            orderedOnce(parked, business);
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isGreaterThan(50);
            assertThat(traffic.changed()).hasSizeGreaterThan(5);
            List<String> changes = new ArrayList<>(Traffic.changes(admin));
            changes.retainAll(traffic.changed());
            assertThat(changes)
                    .as("one changed price in each business")
                    .containsExactlyInAnyOrderElementsOf(traffic.changed());
        }
    }

    private static void echoAsABundle() throws IOException {
        Swap swap = Swap.bundle(bea, admin, "ai.king.agent.echo", "9.1.0", ReleaseIT::secondPrefix);
        JsonNode ready = swap.ready();
        assertThat(ready.path("origin").asText()).isEqualTo("DEVELOPER");
        assertThat(ready.path("findings").findValuesAsText("check"))
                .contains("manifest", "baseline", "resolution", "bytecode", "reaches", "contract", "sandbox");
        refusesTheAuthorsOwnVote(ready);
        swap.tried();
        awaitAnswer("second: hello");
        awaitAnswer("echo: hello");
        assertThat(bea.send("POST", swap.path() + "/promote", Map.of()).statusCode())
                .as("nobody promotes a proposal of their own")
                .isEqualTo(403);
        swap.promoted();
        awaitOnly("second: hello");
        swap.rolledBack();
        awaitOnly("echo: hello");
    }

    private static String secondPrefix(String xml) {
        return xml.replace("value=\"echo: \"", "value=\"second: \"");
    }

    private static void echoAsAConfiguration() {
        Swap swap = Swap.configuration(bea, admin, "ai.king.agent.echo", "echo", Map.of("prefix", "> "));
        assertThat(swap.ready().path("risk").asText()).isEqualTo("LOW");
        swap.tried();
        awaitAnswer("> hello");
        awaitAnswer("echo: hello");
        swap.promoted();
        awaitOnly("> hello");
        swap.rolledBack();
        awaitOnly("echo: hello");
    }

    private static void analyticsAsABundle(String business) throws IOException {
        String shipped = analysed(business).path("agentVersion").asText();
        Swap swap = Swap.bundle(bea, admin, "ai.king.agent.analytics", "9.1.0", xml -> xml)
                .tried();
        assertThat(admin.get("/agents/analytics").path("generations").findValuesAsText("version"))
                .contains(shipped, "9.1.0");
        swap.promoted();
        awaitAnalysis(business, "9.1.0");
        swap.rolledBack();
        awaitAnalysis(business, shipped);
    }

    private static void analyticsAsAConfiguration(String business) {
        Swap swap = Swap.configuration(bea, admin, "ai.king.agent.analytics", "analytics", Map.of("alert.days", "30"))
                .tried();
        // Two generations that get calls, once the node has taken in what was decided.
        admin.await(
                "/agents/analytics",
                PATIENCE,
                agent -> agent.path("generations").findValuesAsText("weight").stream()
                                .filter(weight -> !weight.equals("0"))
                                .count()
                        >= 2);
        swap.aborted();
        analysed(business);
    }

    /** What is decided reaches the node a moment later; until then the version before it answers. */
    private static void awaitAnalysis(String business, String version) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String last = analysed(business).path("agentVersion").asText();
        while (!last.equals(version)) {
            assertThat(System.nanoTime()).as("still %s", last).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            last = analysed(business).path("agentVersion").asText();
        }
    }

    private static JsonNode analysed(String business) {
        JsonNode answer = admin.post("/agents/analytics/tasks", Map.of("task", "analyze", "businessId", business));
        assertThat(answer.path("outcome").asText()).as("%s", answer).isEqualTo("DONE");
        return answer;
    }

    private static void theAgentOfTheParkedStep() {
        Swap.configuration(bea, admin, "ai.king.agent.commerce", "commerce", Map.of("low.stock", "11"))
                .tried()
                .promoted();
    }

    private static void orderedOnce(String goal, String business) throws IOException {
        JsonNode waiting = admin.get("/approvals?status=PENDING&type=FINANCIAL")
                .path("items")
                .path(0);
        admin.approve(waiting.path("id").asText());
        Traced.toItsRowsAndDocuments(admin.awaitStatus("/goals/" + goal, PATIENCE, "COMPLETED"), admin, business);
        assertThat(admin.awaitMetric(
                        PATIENCE, "king_tool_call_seconds_count{outcome=\"ok\",tool=\"suppliers.purchase\"}"))
                .contains("king_events_total{name=\"step.completed\"}")
                .contains("king_events_total{name=\"approval.required\"}")
                .contains("king_events_total{name=\"evolution.completed\"}")
                .contains("king_events_total{name=\"bundle.started\"}")
                .contains("king_step_seconds_count{agent=\"commerce\",outcome=\"asked\"}")
                .contains("king_agent_call_seconds_count{agent=\"finance\",outcome=\"done\"}")
                .contains("king_events_total{name=\"goal.completed\"}");
        assertThat(admin.get("/system").path("jail").path("tier").asText()).matches("T[123]");
        admin.await("/audit/verify", PATIENCE, chain -> chain.path("unsealed").asLong() == 0);
        assertThat(admin.get("/audit?limit=500").path("items").findValuesAsText("action"))
                .as("orders in the ledger")
                .containsOnlyOnce("purchase.placed");
    }

    @Test
    public void onePriceChangePassesUnderModerateAndAsksUnderConservative() {
        JsonNode passes = repriced("moderate");
        assertThat(passes.path("outcome").asText()).as("%s", passes).isEqualTo("DONE");

        JsonNode asks = repriced("conservative");
        assertThat(asks.path("outcome").asText()).as("%s", asks).isEqualTo("WAITING_APPROVAL");
        JsonNode approval = admin.get("/approvals/" + asks.path("approvalId").asText());
        assertThat(approval.path("type").asText()).isEqualTo("OPERATIONAL");
        assertThat(approval.path("payload").toString()).contains("storefront.set_price");
        admin.approve(approval.path("id").asText());
        admin.awaitStatus("/goals/" + asks.path("goalId").asText(), PATIENCE, "COMPLETED");
    }

    private static JsonNode repriced(String profile) {
        String business = Traffic.tooCheap(admin, profile);
        return admin.post("/agents/commerce/tasks", Map.of("task", "price", "businessId", business));
    }

    @Test
    public void anAgentThatArrivesByAProposalLivesInTheJail() throws IOException {
        byte[] jar = NewAgent.jar("1.0.1");
        Swap.bundle(bea, admin, jar).tried().promoted();
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
        HttpResponse<String> used = bea.propose(proposal, Files.readAllBytes(Swap.jar("ai.king.agent.echo")));
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

    private static String answer() {
        return admin.post("/agents/echo/tasks", ECHO).path("data").path("text").asText();
    }

    /** A node takes a change within a second or so; until then it answers as before, never with an error. */
    private static void awaitOnly(String wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!answer().equals(wanted) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(answer()).isEqualTo(wanted);
        }
    }

    private static void awaitAnswer(String wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answer().equals(wanted)) {
            assertThat(System.nanoTime()).as("no task is answered " + wanted).isLessThan(end);
        }
    }
}
