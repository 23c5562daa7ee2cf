/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agents.Agents;
import ai.king.store.Actor;
import ai.king.store.RequestLog;
import ai.king.work.Goals;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GoalsResourceTest {

    private final OneGoal goals = new OneGoal();
    private final Answers answers = new Answers();
    private Door door;

    @BeforeEach
    void open() {
        door = new Door();
        door.engines.with(Goals.class, goals);
        door.engines.with(RequestLog.class, answers);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void acceptsAGoalWith202AndSaysWhereToLook() {
        Door.Answer answer = door.post("operator", "/goals", "{\"text\":\"plan the next quarter\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json())
                .containsEntry("id", "g1")
                .containsEntry("status", "RECEIVED")
                .containsEntry(
                        "links",
                        Map.of(
                                "self",
                                "/api/v1/goals/g1",
                                "events",
                                "/api/v1/goals/g1/events",
                                "report",
                                "/api/v1/goals/g1/report"));
        assertThat(goals.actors).containsExactly(Actor.person("operator"));
    }

    @Test
    void showsStepsUnknownCallsAndTheReport() {
        door.post("operator", "/goals", "{\"text\":\"x\"}");
        Map<String, Object> goal = door.get("viewer", "/goals/g1").json();
        Map<?, ?> plan = (Map<?, ?>) goal.get("plan");
        assertThat((List<?>) plan.get("steps")).hasSize(2);
        assertThat(plan.toString()).contains("callId=c1");
        assertThat(goal.get("report").toString()).contains("type=figure").contains("null");
    }

    @Test
    void answersTheSameKeyWithTheFirstResult() {
        Door.Answer first = keyed("k-1", "{\"text\":\"x\"}");
        Door.Answer second = keyed("k-1", "{\"text\":\"x\"}");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(goals.goals).hasSize(1);
        assertThat(goals.actors.get(0).request()).isPresent();
    }

    @Test
    void refusesTheSameKeyWithAnotherBody() {
        keyed("k-1", "{\"text\":\"x\"}");
        Door.Answer second = keyed("k-1", "{\"text\":\"y\"}");
        assertThat(second.status()).isEqualTo(422);
        assertThat(goals.goals).hasSize(1);
    }

    @Test
    void keepsKeysOfDifferentPeopleApart() {
        keyed("k-1", "{\"text\":\"x\"}");
        Door.Answer other = door.send(door.as("operator+viewer", "/goals")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-1")
                .POST(BodyPublishers.ofString("{\"text\":\"y\"}")));
        assertThat(other.status()).isEqualTo(202);
        assertThat(goals.goals).hasSize(2);
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsKey() {
        assertThat(keyed("k-1", "{}").status()).isEqualTo(422);
        assertThat(keyed("k-1", "no JSON").status()).isEqualTo(400);
        assertThat(keyed("k-1", "{\"text\":\"x\"}").status()).isEqualTo(202);
    }

    @Test
    void answersFromTheWorkWhenTheProcessDiedBeforeItAnswered() {
        keyed("k-1", "{\"text\":\"x\"}");
        answers.forgetAnswers();
        Door.Answer again = keyed("k-1", "{\"text\":\"x\"}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).containsEntry("id", "g1").containsEntry("status", "RECEIVED");
        assertThat(goals.goals).hasSize(1);
    }

    @Test
    void aTaskAskedTwiceIsAnsweredFromItsGoal() {
        tasks();
        Door.Answer first = task("k-1", "hello");
        Door.Answer second = task("k-1", "hello");
        assertThat(first.json()).containsEntry("outcome", "DONE").containsEntry("goalId", "g1");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("Content-Type")).startsWith("application/json");
        assertThat(goals.goals).hasSize(1);
        assertThat(answers.looks).isEqualTo(1);
    }

    @Test
    void aTaskAskedAgainWithAnotherBodyIsRefused() {
        tasks();
        task("k-1", "hello");
        Door.Answer second = task("k-1", "goodbye");
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.text()).contains("was used for another request");
        assertThat(goals.goals).hasSize(1);
    }

    @Test
    void aTaskIsAnsweredAsBeforeThoughItsAgentIsGone() {
        tasks();
        Door.Answer first = task("k-1", "hello");
        door.engines.with(Agents.class, FixedEngines.empty(Agents.class));
        assertThat(task("k-1", "hello").text()).isEqualTo(first.text());
        assertThat(task("k-2", "hello").status()).isEqualTo(404);
    }

    private void tasks() {
        Agents.Described echo = new Agents.Described("echo", "Answers", List.of("hello: Greets"), "LOW");
        door.engines.with(Agents.class, (Agents) java.lang.reflect.Proxy.newProxyInstance(
                Agents.class.getClassLoader(), new Class<?>[] {Agents.class}, (proxy, method, all) -> List.of(echo)));
    }

    private Door.Answer task(String key, String text) {
        goals.log = answers.kept;
        return door.send(door.as("operator", "/agents/echo/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"task\":\"" + text + "\"}")));
    }

    @Test
    void aKeyThatIsNoKeyIs422() {
        for (String key : new String[] {"a b", "k".repeat(129)}) {
            assertThat(keyed(key, "{\"text\":\"x\"}").status()).isEqualTo(422);
        }
    }

    @Test
    void pagesWithACursor() {
        for (int i = 0; i < 5; i++) {
            door.post("operator", "/goals", "{\"text\":\"x\"}");
        }
        Map<String, Object> first = door.get("viewer", "/goals?limit=3").json();
        assertThat((List<?>) first.get("items")).hasSize(3);
        assertThat(first).containsEntry("next", "3");
        Map<String, Object> last = door.get("viewer", "/goals?limit=3&cursor=3").json();
        assertThat((List<?>) last.get("items")).hasSize(2);
        assertThat(last).containsEntry("next", null);
    }

    @Test
    void cancelOfAnEndedGoalIs409() {
        goals.goals.add(OneGoal.goal("done", "goal", "x", ai.king.work.Goal.Status.COMPLETED));
        assertThat(door.post("operator", "/goals/done/cancel", "").status()).isEqualTo(409);
        assertThat(door.post("operator", "/goals/none/cancel", "").status()).isEqualTo(404);
    }

    @Test
    void settlesOnlyACallThatIsUndecided() {
        door.post("operator", "/goals", "{\"text\":\"x\"}");
        String fate = "{\"happened\":true,\"notes\":\"seen at the supplier\"}";
        assertThat(door.post("approver", "/goals/g1/steps/s2/calls/c1", fate).status())
                .isEqualTo(200);
        assertThat(door.post("approver", "/goals/g1/steps/s2/calls/c9", fate).status())
                .isEqualTo(404);
        assertThat(door.post("approver", "/goals/g1/steps/s2/calls/c1", "{\"happened\":true}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void givesTheReportInTheFormThatIsAccepted() {
        door.post("operator", "/goals", "{\"text\":\"plan <now>\"}");
        Door.Answer json = door.get("viewer", "/goals/g1/report");
        assertThat(json.header("Content-Type")).startsWith("application/json");
        Door.Answer html = report("text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(html.header("Content-Type")).startsWith("text/html");
        assertThat(html.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(html.text())
                .contains("<svg")
                .contains("plan &lt;now&gt;")
                .doesNotContain("<b>")
                .doesNotContain("<script");
        Door.Answer markdown = report("text/markdown");
        assertThat(markdown.text())
                .startsWith("# plan <now>")
                .contains("| Apr |")
                .contains("(11.50 to 18.50)");
        assertThat(report("image/png").status()).isEqualTo(406);
    }

    private Door.Answer report(String accept) {
        return door.send(door.as("viewer", "/goals/g1/report").header("Accept", accept));
    }

    private Door.Answer keyed(String key, String body) {
        return door.send(door.as("operator", "/goals")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    /** The log of answered requests, in memory; the door tells the digest through the actor. */
    private final class Answers implements RequestLog {
        private final Map<String, Answer> kept = new HashMap<>();
        private int looks;

        void forgetAnswers() {
            kept.replaceAll((key, answer) -> new Answer(answer.digest(), answer.subject(), null, null));
        }

        @Override
        public Optional<Answer> find(String key) {
            looks++;
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void answered(String key, int status, String body) {
            Actor.RequestKey last =
                    goals.actors.get(goals.actors.size() - 1).request().orElseThrow();
            kept.put(key, new Answer(last.digest(), "g1", status, body));
        }
    }
}
