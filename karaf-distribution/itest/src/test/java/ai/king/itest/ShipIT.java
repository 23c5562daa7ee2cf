/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * The standing proof that every plug of the distribution ships: its next version is proposed, judged, approved by others, tried,
 * promoted, and works, while calls go on. The plugs are whatever lies in {@code plugs/}: a new one is in here by being built.
 */
public class ShipIT {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String VERSION = "9.3.0";

    private static VendorDouble vendors;
    private static Node node;
    private static Api admin;
    private static Api bea;
    private static Api carol;

    @BeforeClass
    public static void start() throws IOException {
        vendors = new VendorDouble();
        Path plugs = ShippedFolder.at(vendors.url());
        node = Node.start(Map.of("EXTRA_JAVA_OPTS", "-Dking.plugs=" + plugs));
        admin = Api.admin(node);
        admin.post("/users", Map.of("name", "bea", "password", "second-Password-2", "roles", List.of("developer")));
        admin.post("/users", Map.of("name", "carol", "password", "third-Password-3", "roles", List.of("approver")));
        bea = new Api(node, "bea", "second-Password-2");
        carol = new Api(node, "carol", "third-Password-3");
    }

    @AfterClass
    public static void stop() {
        node.close();
        vendors.close();
    }

    @Test
    public void everyPlugOfTheDistributionShipsAndWorksWithNoCallLost() throws IOException {
        List<Path> jars = ShippedFolder.jars();
        try (Traffic traffic = Traffic.over(admin, 1)) {
            Map<String, String> proposals = new LinkedHashMap<>();
            proposals.put(propose("parrot", NewAgent.jar("1.0.2")), "parrot");
            for (Path jar : jars) {
                String name = jar.getFileName().toString().replace(".jar", "");
                proposals.put(propose(name, Restamped.of(jar, VERSION, text -> text)), name);
            }
            assertThat(shipped(proposals)).as("what did not ship").isEmpty();
            proposals.forEach((id, name) -> {
                if (name.equals("ai.king.agent.echo")) {
                    missesTheTestsThatCameWithTheDistribution(id);
                }
            });
            work();
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isGreaterThan(20);
        }
        Map<String, List<JsonNode>> served = served();
        assertThat(served).as("plugs that nothing serves").hasSameSizeAs(jars);
        served.forEach((plug, generations) -> assertThat(generations).as(plug).allSatisfy(this::servesAlone));
        served.forEach((plug, generations) -> assertThat(generations)
                .as("calls that the new version of %s answered", plug)
                .anySatisfy(
                        names -> assertThat(now(names).path("calls").asLong()).isPositive()));
    }

    /** It came without its tests, and does as before: people are shown both. */
    private static void missesTheTestsThatCameWithTheDistribution(String id) {
        assertThat(admin.get("/evolution/proposals/" + id).path("findings"))
                .filteredOn(finding -> finding.path("check").asText().equals("tests"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("verdict").asText()).isEqualTo("FAIL");
                    assertThat(finding.path("detail").asText())
                            .contains("EchoAgentTest.putsTheConfiguredPrefixBeforeTheGoal is gone")
                            .doesNotContain("fails on it");
                });
    }

    private static String propose(String name, byte[] jar) {
        Map<String, Object> proposal =
                Map.of("kind", "BUNDLE", "title", "The next " + name, "description", "As it was", "change", Map.of());
        return Api.ok(bea.propose(proposal, jar)).path("id").asText();
    }

    /** Votes and promotes as each comes to that point; what failed, with its reason. */
    private static List<String> shipped(Map<String, String> proposals) {
        List<String> failed = new ArrayList<>();
        Map<String, String> open = new LinkedHashMap<>(proposals);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("still open: %s, failed %s", open, failed)
                    .isLessThan(end);
            for (String id : List.copyOf(open.keySet())) {
                JsonNode proposal = admin.get("/evolution/proposals/" + id);
                String status = proposal.path("status").asText();
                open.replace(id, proposals.get(id) + " " + status);
                switch (status) {
                    case "READY" -> approve(proposal);
                    case "CANARY" -> admin.post("/evolution/proposals/" + id + "/promote", Map.of());
                    case "COMPLETED" -> open.remove(id);
                    case "FAILED", "REJECTED", "ROLLED_BACK" -> failed.add(
                            open.remove(id) + " " + proposal.path("reason").asText());
                    default -> {}
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return failed;
    }

    /** By one person, and by a second where the risk asks for two; never by the author. */
    private static void approve(JsonNode proposal) {
        String approval = proposal.path("approvalId").asText();
        JsonNode voted = admin.approve(approval);
        if (!voted.path("status").asText().equals("APPROVED")) {
            carol.approve(approval);
        }
    }

    /** Something for every plug to do. */
    private static void work() {
        admin.get("/agents")
                .path("items")
                .forEach(agent -> task(agent.path("name").asText(), Map.of()));
        Map<String, JsonNode> tools = new TreeMap<>();
        admin.get("/tools")
                .path("items")
                .forEach(tool -> tools.put(tool.path("name").asText(), tool));
        served().forEach((plug, names) -> names.stream()
                .filter(each -> each.path("type").asText().equals("Tool"))
                .map(each -> tools.get(each.path("name").asText()))
                .min((a, b) -> Boolean.compare(changes(a), changes(b)))
                .ifPresent(tool -> task(
                        "parrot",
                        Map.of("tool", tool.path("name").asText(), "arguments", Sketch.of(tool.path("schema"))))));
        for (String model : List.of("ship-openai", "ship-vllm", "ship-ollama", "ship-anthropic", "ship-gemini")) {
            assertThat(ask(
                            "/v1/chat/completions",
                            "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}"))
                    .as(model)
                    .contains(VendorDouble.WORD);
        }
        assertThat(ask("/v1/embeddings", "{\"model\":\"king-auto\",\"input\":\"a cat\"}"))
                .contains("embedding");
        String goal = admin.post("/goals", Map.of("text", "How is my business doing?"))
                .path("id")
                .asText();
        admin.await("/goals/" + goal, PATIENCE, found -> !found.path("mode")
                .asText("null")
                .equals("null"));
        admin.awaitMetric(PATIENCE, "king_events_total");
    }

    private static boolean changes(JsonNode tool) {
        return !tool.path("effect").asText().startsWith("READ");
    }

    /** Asks an agent, with a person's yes where one is asked for; it may decline, but not fail. */
    private static void task(String agent, Map<String, Object> input) {
        JsonNode answer =
                admin.post("/agents/" + agent + "/tasks", Map.of("task", "Say what you can do", "input", input));
        if (answer.path("outcome").asText().equals("WAITING_APPROVAL")) {
            admin.approve(answer.path("approvalId").asText());
            answer = admin.awaitStatus(
                    "/goals/" + answer.path("goalId").asText(), PATIENCE, "COMPLETED", "WAITING_INPUT");
        }
        assertThat(answer.path("outcome").asText())
                .as("%s %s: %s", agent, input, answer)
                .isNotEqualTo("FAILED");
    }

    private static String ask(String path, String body) {
        HttpResponse<String> answer = node.send(HttpRequest.newBuilder(node.uri(path))
                .header("Authorization", Node.basic("admin", Node.PASSWORD))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as("%s %s", body, answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The plugs of the distribution with their names. */
    private static Map<String, List<JsonNode>> served() {
        Map<String, List<JsonNode>> served = new TreeMap<>();
        admin.get("/plugs").path("items").forEach(each -> {
            String plug = each.path("plug").asText();
            boolean ours = Files.exists(home().resolve("plugs/" + plug + ".jar"));
            if (ours) {
                served.computeIfAbsent(plug, none -> new ArrayList<>()).add(each);
            }
        });
        return served;
    }

    private static Path home() {
        try {
            return Node.home();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode now(JsonNode name) {
        return name.path("generations").path(0);
    }

    private void servesAlone(JsonNode name) {
        assertThat(now(name).path("version").asText()).isEqualTo(VERSION);
        assertThat(now(name).path("state").asText()).isEqualTo("ACTIVE");
        assertThat(now(name).path("weight").asInt()).isEqualTo(100);
        name.path("generations")
                .forEach(generation -> assertThat(generation.path("errors").asLong())
                        .as("calls that went wrong: %s", name)
                        .isZero());
    }
}
