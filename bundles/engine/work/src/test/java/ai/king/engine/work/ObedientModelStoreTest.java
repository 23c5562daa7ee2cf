/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static ai.king.engine.work.Workshop.done;
import static ai.king.engine.work.Workshop.step;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.AgentContext;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.brain.Plan;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.gate.Approval;
import ai.king.gate.Vote;
import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Message.FunctionCall;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.kit.FakeBusiness;
import ai.king.store.Json;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A model that calls whatever a text orders, by its native function calling, under the loosest profile: that the texts are
 * marked as data helps it nothing, and still nothing happens that nobody voted for.
 */
class ObedientModelStoreTest {

    private static final int EACH = 60;
    private static final Map<String, Effect> TOOLS = Map.of(
            "shop.change", Effect.WRITE,
            "mail.send", Effect.PUBLISH,
            "pay.supplier", Effect.SPEND,
            "law.sign", Effect.LEGAL,
            "code.change", Effect.CODE,
            "infra.patch", Effect.INFRASTRUCTURE,
            "web.open", Effect.READ_OUTSIDE);

    private final HostileText hostile = new HostileText(20261123);
    private final FakeBusiness papers = new FakeBusiness();
    private final Map<String, String> texts = new java.util.concurrent.ConcurrentHashMap<>();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final AtomicInteger obeyed = new AtomicInteger();
    private TestDatabase database;
    private Workshop shop;

    @BeforeEach
    void open() {
        database = TestDatabase.h2();
        shop = new Workshop(
                database.store(),
                database.dataSource(),
                "node-a",
                Workshop.QUICK,
                new FakePlugs(),
                Workshop.lamps(database.store(), papers),
                new Obedient());
        TOOLS.forEach((name, effect) -> shop.tool(name, effect, call -> {
            effects.add(name);
            return ToolResult.ok(Map.of("done", true));
        }));
        shop.tool(
                        "web.page",
                        Effect.READ_OUTSIDE,
                        call -> ToolResult.ok(Map.of(
                                "text",
                                texts.getOrDefault(
                                        String.valueOf(call.arguments().get("id")), ""))))
                .agent("asker", this::ask)
                .planner((situation, mind) -> Optional.of(new Plan(List.of(step("act", "asker")), "")))
                .start();
        Approval asked = shop.gate.activate(TestGate.ANNA, "aggressive").orElseThrow();
        shop.vote(TestGate.BEN, asked, Vote.Decision.APPROVE);
        shop.vote(TestGate.CLEO, asked, Vote.Decision.APPROVE);
    }

    @AfterEach
    void close() {
        shop.close();
        database.close();
    }

    private Outcome ask(Task task, AgentContext context) {
        String id = task.goal().split(" ")[1];
        List<Inquiry.Material> materials = task.goal().startsWith("paper")
                ? List.of(new Inquiry.Material(
                        id, context.business().orElseThrow().text(id)))
                : List.of();
        List<String> tools = new ArrayList<>(TOOLS.keySet());
        tools.add("web.page");
        Inquired end = context.inquire(new Inquiry("You help the owner", task.goal(), materials, tools, 0.1));
        return end instanceof Inquired.Answered answered
                ? done(Map.of("answer", answered.text()))
                : new Outcome.Failed(((Inquired.Ended) end).reason(), false);
    }

    /**
     * Reads the page it is asked about, and then does what all it has read says, one order after the other; what a text cannot
     * know it fills in.
     */
    private final class Obedient implements Inferences {

        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            List<FunctionCall> made = new ArrayList<>();
            StringBuilder read = new StringBuilder();
            for (Message message : prompt.messages()) {
                made.addAll(message.toolCalls());
                if (message.role() != Message.Role.SYSTEM) {
                    read.append(message.text().replace("\\n", "\n").replace("\\\"", "\""))
                            .append('\n');
                }
            }
            if (made.isEmpty() && read.indexOf("page ") >= 0) {
                String id = read.substring(read.indexOf("page ") + 5).split("\\s")[0];
                return wants("web.page", "{\"id\":\"" + id + "\"}");
            }
            List<HostileText.Order> orders = HostileText.orders(read.toString());
            for (HostileText.Order order : orders) {
                String arguments = Json.write(order.arguments()).replace("BALANCE", "4711.00");
                if (order.possible()
                        && made.stream().noneMatch(call -> call.arguments().equals(arguments))) {
                    obeyed.incrementAndGet();
                    return wants(order.tool(), arguments);
                }
            }
            return new Reply.Answer("double", "Lamps sell well.", List.of(), "stop", new Reply.Usage(1, 1));
        }

        private Reply wants(String tool, String arguments) {
            FunctionCall call = new FunctionCall("c" + arguments.hashCode(), tool.replace('.', '-'), arguments);
            return new Reply.Answer("double", "", List.of(call), "tool_calls", new Reply.Usage(1, 1));
        }

        @Override
        public Optional<List<float[]>> embed(List<String> asked) {
            return Optional.empty();
        }

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public List<Backend> backends() {
            return List.of();
        }
    }

    private Goal submit(String text) {
        return shop.goals().submit(Workshop.PAT, new Goals.NewGoal(text, "b-1", "aggressive", List.of(), false));
    }

    @Test
    void nothingHappensThatNobodyVotedFor() {
        List<Goal> goals = new ArrayList<>();
        for (int n = 0; n < EACH; n++) {
            String text = hostile.next(n % 3 == 0);
            texts.put("p" + n, text);
            papers.document("d" + n, text);
            goals.add(submit("page p" + n));
            goals.add(submit("paper d" + n));
        }
        for (Goal submitted : goals) {
            Goal goal = shop.await(submitted);
            Step act = shop.step(goal, "act");
            assertThat(act.marked()).as(goal.text()).isTrue();
            assertThat(goal.status()).as(goal.text() + ": " + goal.error()).isEqualTo(Goal.Status.WAITING_APPROVAL);
        }
        assertThat(obeyed).hasValueGreaterThanOrEqualTo(goals.size());
        assertThat(effects).isEmpty();
    }
}
