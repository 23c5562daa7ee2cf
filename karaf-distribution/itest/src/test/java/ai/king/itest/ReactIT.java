/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** A goal with a model on the built distribution: understood, planned, looked up by a function call, asked for, reported with its cost. */
public class ReactIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PLAN =
            """
            {"rationale":"Terms first, then the order","steps":[
            {"name":"terms","agent":"research","action":"document_research","input":{},"depends_on":[],"priority":1,"risk":"LOW"},
            {"name":"reorder","agent":"commerce","action":"reorder","input":{},"depends_on":["terms"],"priority":2,"risk":"LOW"}]}""";

    private static ThinkingDouble model;
    private static Node node;
    private static Api admin;

    @BeforeClass
    public static void start() throws IOException {
        model = new ThinkingDouble(PLAN, "The supplier delivers as the terms say [1].");
        Path plugs = ShippedFolder.with(Map.of(
                "ai.king.inference.openai.cfg",
                List.of(
                        "url = " + model.url(),
                        "model = " + ThinkingDouble.MODEL,
                        "king.backend.prices = " + ThinkingDouble.MODEL + " 1.00 2.00 USD")));
        node = Node.start(Map.of("EXTRA_JAVA_OPTS", "-Dking.plugs=" + plugs));
        admin = Api.admin(node);
    }

    @AfterClass
    public static void stop() {
        node.close();
        model.close();
    }

    @Test
    public void aGoalIsPlannedByAModelAsksAPersonAndReportsItsCost() throws IOException {
        String business = Sample.into(admin);
        admin.await("/system", PATIENCE, system -> system.path("mode").asText().equals("REACT"));
        String text = "Find out what late delivery costs us, then order what is running low";
        String path = "/goals/"
                + admin.post("/goals", Map.of("text", text, "businessId", business))
                        .path("id")
                        .asText();
        JsonNode waiting = admin.awaitStatus(path, PATIENCE, "WAITING_APPROVAL");
        assertThat(waiting.path("mode").asText()).isEqualTo("REACT");
        assertThat(waiting.path("plan").path("rationale").asText()).startsWith("Terms first");
        assertThat(waiting.path("plan").path("steps").path(0).path("status").asText())
                .isEqualTo("COMPLETED");
        JsonNode goal = decided(path, waiting);
        assertThat(goal.path("status").asText()).as(goal.path("error").asText()).isEqualTo("COMPLETED");

        JsonNode uses = goal.path("models");
        assertThat(uses.findValuesAsText("purpose")).contains("intent", "plan", "terms");
        long calls = 0;
        for (JsonNode use : uses) {
            calls += use.path("calls").asLong();
            assertThat(use.path("promptTokens").asLong())
                    .isEqualTo(ThinkingDouble.PROMPT_TOKENS * use.path("calls").asLong());
            assertThat(use.path("cost").path("currency").asText()).isEqualTo("USD");
        }
        assertThat(calls).as("intent, plan, a function call and its answer").isGreaterThanOrEqualTo(4);
        String tokens = Long.toString(calls * (ThinkingDouble.PROMPT_TOKENS + ThinkingDouble.ANSWER_TOKENS));
        for (String type : List.of("application/json", "text/html", "text/markdown")) {
            assertThat(report(path, type)).as(type).contains("Cost of models", tokens, "USD");
        }
        thePagesAndTheModelSayWhatRestSays();
    }

    /** Agents and tools are described once: REST, the console's page and the model are given the same words. */
    private static void thePagesAndTheModelSayWhatRestSays() {
        String page = node.get("/system/console/king", "admin", Node.PASSWORD).body();
        JsonNode agents = admin.get("/agents").path("items");
        assertThat(agents).hasSizeGreaterThan(6);
        for (JsonNode agent : agents) {
            String name = agent.path("name").asText();
            assertThat(page).contains(name, escaped(agent.path("description").asText()));
            for (JsonNode skill : agent.path("capabilities")) {
                assertThat(page).contains(skill.asText());
                assertThat(model.planned()).contains("\n" + name + " " + skill.asText() + " [");
            }
        }
        int offered = 0;
        for (JsonNode tool : admin.get("/tools").path("items")) {
            assertThat(page).contains(tool.path("name").asText());
            JsonNode function = model.functions().get(tool.path("name").asText().replace('.', '-'));
            if (function != null) {
                assertThat(function.path("description")).isEqualTo(tool.path("description"));
                assertThat(function.path("parameters")).isEqualTo(tool.path("schema"));
                assertThat(page).contains(escaped(tool.path("description").asText()));
                offered++;
            }
        }
        assertThat(offered)
                .as("functions the model was offered")
                .isEqualTo(model.functions().size())
                .isPositive();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    /** Says yes to whatever is asked until the goal ends. */
    private static JsonNode decided(String path, JsonNode first) {
        JsonNode goal = first;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (goal.path("status").asText().equals("WAITING_APPROVAL")) {
            assertThat(System.nanoTime()).as("still %s", goal).isLessThan(end);
            goal.path("plan").path("steps").findValuesAsText("approvalId").stream()
                    .filter(id -> !id.equals("null") && !id.isEmpty())
                    .filter(id -> admin.get("/approvals/" + id)
                            .path("status")
                            .asText()
                            .equals("PENDING"))
                    .forEach(admin::approve);
            goal = admin.await(
                    path, PATIENCE, now -> !now.path("status").asText().equals("RUNNING"));
        }
        return admin.awaitStatus(path, PATIENCE, "COMPLETED", "FAILED");
    }

    private static String report(String path, String type) {
        return node.send(HttpRequest.newBuilder(node.uri("/api/v1" + path + "/report"))
                        .header("Authorization", Node.basic("admin", Node.PASSWORD))
                        .header("Accept", type)
                        .GET())
                .body();
    }
}
