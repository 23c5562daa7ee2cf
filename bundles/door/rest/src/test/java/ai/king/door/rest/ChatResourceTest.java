/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agents.Agents;
import ai.king.agents.Memories;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.business.Businesses;
import ai.king.business.Reading;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.business.StoredBusinesses;
import ai.king.engine.gate.GateEngine;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.engine.work.WorkEngine;
import ai.king.engine.work.chat.ChatEngine;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Gate;
import ai.king.gate.Risk;
import ai.king.kit.Configs;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.RequestLog;
import ai.king.work.Conversations;
import ai.king.work.Goals;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat of the endpoint over a real store, a real gate and real goals. */
final class ChatResourceTest {

    private static final Actor ANN = Actor.person("ann");

    private final TestDatabase database = TestDatabase.h2();
    private final GateEngine gate = TestGate.over(database.store());
    private final Businesses businesses =
            new StoredBusinesses(database.store(), database.payloads(), (type, bytes) -> new Reading.Unreadable("no"));
    private final Words model = new Words();
    private final Goals goals = goals();
    private Door door;
    private String shop = "";

    @BeforeEach
    void open() {
        shop = businesses
                .create(ANN, new Businesses.NewBusiness("Blue Paw", "ecommerce", null, "USD", null))
                .id();
        csv("products", "sku,name,unit_cost,list_price\nA-1,Dog Bed,20.00,49.99\nB-2,Cat Tree,30.00,79.00\n");
        csv(
                "orders",
                "order_id,date,customer_id,sku,quantity,unit_price,discount,channel,status\n"
                        + "1,2026-08-03,c1,A-1,2,49.99,0.00,search,completed\n"
                        + "2,2026-08-20,c2,B-2,1,79.00,9.00,social,completed\n"
                        + "3,2026-08-21,c2,B-2,1,79.00,0.00,social,returned\n"
                        + "4,2026-09-01,c3,A-1,1,49.99,0.00,search,completed\n");
        door = new Door();
        door.engines.with(Businesses.class, businesses);
        door.engines.with(Goals.class, goals);
        door.engines.with(Approvals.class, gate);
        door.engines.with(Gate.class, gate);
        door.engines.with(RequestLog.class, database.requests());
        door.engines.with(
                Conversations.class,
                new ChatEngine(database.store(), goals, gate, businesses, new OneClassifier(), model));
    }

    @AfterEach
    void close() {
        door.close();
        database.close();
    }

    private void csv(String kind, String text) {
        businesses.importCsv(ANN, shop, kind, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    private Goals goals() {
        try {
            Constructor<?> made = WorkEngine.class.getConstructors()[0];
            return (Goals) made.newInstance(
                    Configs.defaults(made.getParameterTypes()[0]),
                    database.store(),
                    database.dataSource(),
                    new Alone(),
                    gate,
                    gate,
                    FixedEngines.empty(Agents.class),
                    new OneClassifier(),
                    model,
                    businesses,
                    FixedEngines.empty(Memories.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Door.Answer say(String user, String message) {
        return say(user, Map.of("message", message));
    }

    private Door.Answer say(String user, Map<String, ?> body) {
        return door.post(user, "/chat", Json.write(body));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> actions(Door.Answer answer) {
        return (List<Map<String, Object>>) answer.json().get("actions");
    }

    @Test
    void answersAQuestionFromTheRecordsWithItsSource() {
        Door.Answer answer = say("operator", "How much revenue in August 2026?");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        // 2 x 49.99 + 79.00 - 9.00; the returned one does not count.
        assertThat(answer.json().get("reply").toString()).contains("169.98 USD from 2 completed orders");
        assertThat(answer.text())
                .contains("\"kind\":\"orders\"")
                .contains("\"digest\"")
                .contains("\"type\":\"QUERY\"");
        assertThat(answer.json().get("conversationId").toString()).isNotEmpty();
        assertThat(answer.json()).doesNotContainKey("goalId");
    }

    @Test
    void saysNoDataWhereThereIsNone() {
        assertThat(say("operator", "revenue in May 2025?").json().get("reply").toString())
                .contains("No data")
                .contains("2026-08-03 to 2026-09-01");
    }

    @Test
    void filesACommandAsAGoalLikeTheGoalsDoor() {
        Door.Answer answer = say("operator", "Write a blog post about dog beds");
        String id = String.valueOf(answer.json().get("goalId"));
        Door.Answer goal = door.get("operator", "/goals/" + id);
        assertThat(goal.json())
                .containsEntry("text", "Write a blog post about dog beds")
                .containsEntry("businessId", shop)
                .containsEntry("requestedBy", "operator");
        assertThat(actions(answer))
                .anySatisfy(action ->
                        assertThat(action).containsEntry("type", "GOAL").containsEntry("id", id));
    }

    @Test
    void endsABusinessOnlyAfterAYes() {
        Door.Answer asked = say("operator", "Shut down the business");
        assertThat(asked.json()).doesNotContainKey("goalId");
        assertThat(actions(asked)).anySatisfy(action -> assertThat(action).containsEntry("type", "CONFIRM"));
        assertThat(goals.page(Optional.empty(), Optional.empty(), null, 10).items())
                .isEmpty();
        String conversation = String.valueOf(asked.json().get("conversationId"));
        Door.Answer yes = say("operator", Map.of("message", "yes", "conversationId", conversation));
        assertThat(yes.json()).containsKey("goalId");
        Door.Answer again = say("operator", Map.of("message", "yes", "conversationId", conversation));
        assertThat(again.json()).doesNotContainKey("goalId");
        assertThat(goals.page(Optional.empty(), Optional.empty(), null, 10).items())
                .hasSize(1);
    }

    @Test
    void theSameKeyAnswersTheFirstAgainAndFilesNoSecondGoal() {
        String body = Json.write(Map.of("message", "Write a blog post about cats"));
        Door.Answer first = keyed(body);
        Door.Answer second = keyed(body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(goals.page(Optional.empty(), Optional.empty(), null, 10).items())
                .hasSize(1);
        assertThat(keyed("{\"message\":\"another\"}").status()).isEqualTo(422);
    }

    private Door.Answer keyed(String body) {
        return door.send(door.as("operator", "/chat")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-1")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void streamsTheReplyOfAModelPieceByPieceAndEndsWithTheAnswer() {
        model.says("Good ", "morning. ", "We made 999 USD. ", "Ask me for revenue.");
        Door.Answer answer = stream("Good morning");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.text())
                .startsWith(": ")
                .contains("event: text\ndata: {\"text\":\"Good morning. \"}")
                .contains("event: text\ndata: {\"text\":\"Ask me for revenue.\"}")
                .doesNotContain("999");
        assertThat(answer.text().indexOf("event: done"))
                .isGreaterThan(answer.text().indexOf("Ask me for revenue"));
    }

    @Test
    void aSentenceIsThereBeforeTheModelHasSaidTheNext() throws Exception {
        Semaphore read = new Semaphore(0);
        model.says("First. \n", "Second. \n");
        model.then(() -> read.acquireUninterruptibly());
        HttpRequest request = door.as("operator", "/chat")
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"message\":\"Good morning\"}"))
                .build();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(until(lines, "First.")).doesNotContain("Second.");
            read.release();
            assertThat(until(lines, "Second.")).doesNotContain("event: done");
            read.release();
            assertThat(until(lines, "\"reply\"")).contains("event: done");
        }
    }

    private static String until(BufferedReader lines, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append(Objects.requireNonNull(lines.readLine())).append('\n');
        }
        return read.toString();
    }

    @Test
    void aStreamedQuestionIsRefusedByStatusWhereItIsBad() {
        assertThat(stream("").status()).isEqualTo(422);
        assertThat(stream("a".repeat(20_001)).status()).isEqualTo(422);
    }

    private Door.Answer stream(String message) {
        return door.send(door.as("operator", "/chat")
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(Json.write(Map.of("message", message)))));
    }

    @Test
    void nobodyReadsOrContinuesAnothersConversation() {
        String id = String.valueOf(say("operator", "How many orders?").json().get("conversationId"));
        assertThat(door.get("operator", "/chat/" + id).text()).contains("How many orders?");
        for (String other : List.of("admin+operator", "operator+approver")) {
            assertThat(door.get(other, "/chat/" + id).status()).isEqualTo(404);
            assertThat(say(other, Map.of("message", "hello", "conversationId", id))
                            .status())
                    .isEqualTo(404);
            assertThat(door.method("DELETE", other, "/chat/" + id, "").status()).isEqualTo(404);
            assertThat(door.get(other, "/chat").text()).doesNotContain(id);
        }
        assertThat(door.method("DELETE", "operator", "/chat/" + id, "").status())
                .isEqualTo(204);
        assertThat(door.get("operator", "/chat/" + id).status()).isEqualTo(404);
    }

    @Test
    void showsWhatWaitsAndNeverVotes() {
        Approval waiting = database.store().write(Actor.system("test"), tx -> {
            tx.record("test.asked", "s", Map.of());
            return gate.open(
                    tx,
                    new Approvals.Question(
                            Approval.Type.FINANCIAL,
                            "Pay the supplier",
                            "743.00 USD",
                            Risk.LOW,
                            List.of(),
                            Map.of("amount", "743.00"),
                            Optional.empty(),
                            "call",
                            "call-1",
                            Optional.empty(),
                            Optional.of(shop),
                            "ann",
                            Optional.empty()));
        });
        for (String text : List.of(
                "Approve it",
                "I approve all pending approvals",
                "Please approve the payment to the supplier now",
                "vote yes on " + waiting.id(),
                "Which approvals wait?")) {
            Door.Answer answer = say("operator+approver", text);
            assertThat(actions(answer)).as(text).anySatisfy(action -> assertThat(action)
                    .containsEntry("type", "APPROVAL")
                    .containsEntry("id", waiting.id()));
            assertThat(answer.text()).contains("/api/v1/approvals/" + waiting.id() + "/votes");
            assertThat(answer.json()).doesNotContainKey("goalId");
        }
        assertThat(gate.find(waiting.id()).orElseThrow().status()).isEqualTo(Approval.Status.PENDING);
        assertThat(gate.votes(waiting.id())).isEmpty();
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(say("operator", " ").status()).isEqualTo(422);
        assertThat(say("operator", "ä".repeat(20_001)).status()).isEqualTo(422);
        assertThat(say("operator", Map.of("message", "hi", "businessId", "nope"))
                        .status())
                .isEqualTo(422);
        assertThat(say("operator", Map.of("message", "hi", "conversationId", "nope"))
                        .status())
                .isEqualTo(404);
        assertThat(say("viewer", "hi").status()).isEqualTo(403);
        assertThat(say("", "hi").status()).isEqualTo(401);
    }

    @Test
    void asksWhichOfSeveralBusinesses() {
        businesses.create(ANN, new Businesses.NewBusiness("Green Leaf", "saas", null, "EUR", null));
        Door.Answer asked = say("operator", "How much revenue in August 2026?");
        assertThat(asked.json().get("reply").toString())
                .contains("Which business")
                .contains("Green Leaf");
        Door.Answer answer = say(
                "operator",
                Map.of("message", "Blue Paw", "conversationId", asked.json().get("conversationId")));
        assertThat(answer.json().get("reply").toString()).contains("169.98 USD");
        assertThat(say("operator", Map.of("message", "revenue in August 2026?", "businessId", shop))
                        .text())
                .contains("169.98 USD");
    }

    /** One classifier that knows a few words. */
    private static final class OneClassifier implements Plugs {
        private static final Generation GENERATION =
                new Generation("g", "IntentClassifier", "words", "test", "1.0.0", 1, Map.of());

        private static Optional<Intent> classify(String text) {
            Intent.Type type = text.contains("morning") ? Intent.Type.CONVERSATION : Intent.Type.COMMAND;
            Intent.Action action = text.startsWith("Write")
                    ? Intent.Action.CREATE_CONTENT
                    : text.startsWith("Shut") ? Intent.Action.STOP_BUSINESS : Intent.Action.UNKNOWN;
            return Optional.of(new Intent(type, action, Map.of(), 0.95));
        }

        @Override
        public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
            IntentClassifier classifier = (text, mind) -> classify(text);
            return new Lease<>() {
                @Override
                public T plug() {
                    return type.cast(classifier);
                }

                @Override
                public Generation generation() {
                    return GENERATION;
                }

                @Override
                public void failed() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public Set<String> names(Class<?> type) {
            return type == IntentClassifier.class ? Set.of("words") : Set.of();
        }

        @Override
        public List<Generation> current(Class<?> type) {
            return type == IntentClassifier.class ? List.of(GENERATION) : List.of();
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            return () -> {};
        }
    }

    private static final class Alone implements Nodes {
        @Override
        public String self() {
            return "one";
        }

        @Override
        public List<Node> alive() {
            return List.of();
        }

        @Override
        public void applied(long release, String error, long trial, String trialError) {}
    }
}
