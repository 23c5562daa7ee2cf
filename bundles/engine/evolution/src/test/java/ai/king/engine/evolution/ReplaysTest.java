/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.agent.Report;
import ai.king.agents.Memories;
import ai.king.agents.Rehearsals;
import ai.king.business.Businesses;
import ai.king.engine.agents.AgentEngine;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.OneTool;
import ai.king.engine.evolution.testing.OpenJail;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail;
import ai.king.evolution.Release.Item;
import ai.king.inferences.Inferences;
import ai.king.jail.warden.Warden;
import ai.king.kit.Configs;
import ai.king.signals.Signals;
import ai.king.store.Actor;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded work through real jars and the real engine of agents, in a jail without walls. */
class ReplaysTest {

    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final String PRICED = "int price = Integer.parseInt(task.goal());"
            + "var set = context.call(\"shop.set_price\", Map.of(\"price\", price * 2));"
            + "Object id = ((ai.king.tool.ToolResult.Ok) set).data().get(\"id\");"
            + "return new Outcome.Done(Map.of(\"id\", id, \"at\", context.now().toString()), Report.none());";

    /** Reads what both write, and writes what only it reads. */
    private static final String COUNTS_ELSEWHERE = "if (task.action().equals(\"count\"))"
            + " return new Outcome.Done(Map.of(\"counted\", 7), Report.none());"
            + "var before = task.results().get(\"count\");"
            + "int counted = (Integer) before.getOrDefault(\"counted\", before.get(\"number\"));"
            + "return new Outcome.Done(Map.of(\"more\", counted + 1), Report.none());";

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private final OneTool shop = new OneTool();
    private final OpenJail jail = new OpenJail();
    private final Rehearsals agents = new AgentEngine(
            store,
            shop,
            shop,
            none(Inferences.class),
            none(Businesses.class),
            none(Memories.class),
            none(Signals.class));

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> Optional.empty()));
    }

    private static String digest(String version) {
        return version + "-".repeat(64 - version.length());
    }

    private Item version(String version, String work) throws Exception {
        byte[] jar = new PlugSource("acme.worker", version)
                .source(
                        "Worker",
                        """
                        package acme.worker;
                        import ai.king.agent.*;
                        import java.util.Map;
                        import org.osgi.service.component.annotations.*;
                        @Component(configurationPid = "acme.worker", configurationPolicy = ConfigurationPolicy.REQUIRE)
                        @AgentName("worker")
                        public final class Worker implements Agent {
                            @Override public Outcome perform(Task task, AgentContext context) { %s }
                        }
                        """
                                .formatted(work))
                .jar();
        Files.write(folder.resolve(digest(version)), jar);
        return new Item("acme.worker", "worker", "Agent", digest(version), version, Map.of("region", version), "jail");
    }

    /** A step as it was really done: the price of the goal, twice, at the shop. */
    private void recorded(int price) {
        store.write(Actor.system("test"), tx -> {
            String id = "step-" + price;
            tx.insert(goal("goal-" + price, String.valueOf(price)));
            Map<String, Object> said = Map.of("id", "p-" + price, "at", THEN.toString());
            tx.insert(step(id, "goal-" + price, "price", List.of(), said));
            tx.insert(call(
                    id,
                    "shop.set_price",
                    true,
                    Map.of("price", price * 2),
                    Map.of("data", Map.of("id", "p-" + price), "cost", Map.of("amount", "0.50", "currency", "EUR"))));
            tx.insert(call(id, "now", false, Map.of(), Map.of("value", THEN.toString())));
            tx.record("test.recorded", id, Map.of());
            return id;
        });
    }

    private static Step step(String id, String goal, String name, List<String> after, Map<String, Object> said) {
        return new Step(
                id,
                goal,
                name,
                "worker",
                name,
                Map.of(),
                after,
                5,
                "LOW",
                Step.Status.COMPLETED,
                1,
                null,
                List.of(),
                said,
                Report.none(),
                null,
                "generation-1",
                "1.0.0",
                false,
                null,
                null,
                THEN,
                THEN,
                0);
    }

    private static Goal goal(String id, String text) {
        return new Goal(
                id,
                "task",
                text,
                Goal.Status.COMPLETED,
                null,
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "ada",
                false,
                1,
                THEN,
                THEN,
                0);
    }

    private static Call call(
            String step, String tool, boolean effect, Map<String, Object> arguments, Map<String, Object> result) {
        String key = Call.keyOf(tool, arguments);
        return new Call(
                step + key,
                "goal",
                step,
                key,
                0,
                step + ":" + key + ":0",
                tool,
                effect,
                arguments,
                Call.State.DONE,
                result,
                null,
                1,
                THEN,
                THEN,
                0);
    }

    @Test
    void theJailOfThisMachineAnswersTheSame() throws Exception {
        Class<?> config = Class.forName("ai.king.jail.warden.Warden$Config");
        Jail real = (Jail) Warden.class.getConstructors()[0].newInstance(Configs.defaults(config));
        try {
            assumeTrue(!real.tier().equals("NONE"), () -> "no jail on this machine: " + real.missing());
            recorded(3);
            recorded(4);
            String failing = "if (task.goal().equals(\"4\")) throw new IllegalStateException(\"no four\");" + PRICED;
            Finding finding = new Replays(store, () -> agents, 5, Duration.ofSeconds(60))
                    .of(List.of(version("1.0.0", PRICED)), List.of(version("2.0.0", failing)), folder::resolve, real)
                    .get(0);
            assertThat(finding.verdict()).as(finding.detail()).isEqualTo(Verdict.FAIL);
            assertThat(finding.detail())
                    .contains("1 the same answer, 1 a failure that the running version does not have")
                    .contains("price step-3 | done, as then | the same answer | ")
                    .contains("no four");
            assertThat(shop.done).as("effects").hasValue(0);
        } finally {
            Method close = Warden.class.getDeclaredMethod("close");
            close.setAccessible(true);
            close.invoke(real);
        }
    }

    private Finding replay(Item old, Item fresh, int steps) {
        List<Finding> findings = new Replays(store, () -> agents, steps, Duration.ofSeconds(40))
                .of(old == null ? List.of() : List.of(old), List.of(fresh), folder::resolve, jail);
        assertThat(shop.done).as("effects").hasValue(0);
        assertThat(jail.open).as("residents left").hasValue(0);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void theSameWorkGivesTheSameAnswerAndNothingHappens() throws Exception {
        recorded(3);
        recorded(4);
        Finding finding = replay(version("1.0.0", PRICED), version("2.0.0", "int other = 1;" + PRICED), 10);
        assertThat(finding.verdict()).as(finding.detail()).isEqualTo(Verdict.PASS);
        assertThat(finding.detail())
                .startsWith("worker, 2 recorded steps once more, with nothing happening: 2 the same answer\n")
                .contains("calls 2 -> 2, tokens 0 -> 0, cost 1.00 EUR -> 1.00 EUR")
                .contains("price step-3 | done, as then | the same answer | ");
        assertThat(jail.housed)
                .containsExactly(digest("1.0.0") + " {region=1.0.0}", digest("2.0.0") + " {region=2.0.0}");
    }

    @Test
    void anotherAnswerIsShownKeyByKey() throws Exception {
        recorded(3);
        Item wrong = version("2.0.0", PRICED.replace("\"id\", id", "\"id\", id + \"|x\", \"more\", 1"));
        Finding finding = replay(version("1.0.0", PRICED), wrong, 10);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(finding.detail())
                .contains("1 another answer")
                .contains("another answer: id \"p-3\" -> \"p-3/x\"; more (none) -> 1");
    }

    @Test
    void aFailureThatTheRunningVersionDoesNotHaveFails() throws Exception {
        recorded(3);
        recorded(4);
        String failing = "if (task.goal().equals(\"4\")) throw new IllegalStateException(\"no four\");" + PRICED;
        Finding finding = replay(version("1.0.0", PRICED), version("2.0.0", failing), 10);
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.detail())
                .contains("1 the same answer, 1 a failure that the running version does not have")
                .contains("fails: java.lang.IllegalStateException: no four");
        assertThat(replay(version("1.0.0", failing), version("2.0.0", PRICED), 10)
                        .detail())
                .contains("no longer fails");
        assertThat(replay(version("1.0.0", failing), version("2.0.0", failing), 10)
                        .detail())
                .contains("fails as before");
    }

    @Test
    void aCallThatWasNotRecordedIsNeverMadeAndToldByName() throws Exception {
        recorded(3);
        Item dearer = version("2.0.0", PRICED.replace("price * 2", "price * 3"));
        Finding finding = replay(version("1.0.0", PRICED), dearer, 10);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(finding.detail())
                .contains("1 a call that was not recorded")
                .contains("asks for what was not recorded: shop.set_price {\"price\":9}");
        String twice = PRICED.replace(
                "Object id", "context.call(\"shop.set_price\", Map.of(\"price\", price * 2)); Object id");
        assertThat(replay(version("1.0.0", PRICED), version("2.0.0", twice), 10).detail())
                .as("an effect once more than it was recorded")
                .contains("asks for what was not recorded");
        assertThat(replay(dearer, version("3.0.0", PRICED), 10).detail())
                .contains("no comparison, the running version asks for shop.set_price");
    }

    @Test
    void whatANewVersionDoesOnlyNowAndThenShowsInVariantsOfTheWork() throws Exception {
        recorded(3);
        String seldom = "if (task.goal().hashCode() % 8 == 0) return new Outcome.Done(Map.of(), Report.none());";
        Item old = old("1.0.0");
        Item fresh = version("2.0.0", seldom + PRICED.replace("Integer.parseInt(task.goal())", "3"));
        assertThat(replay(old, old("1.1.0"), 10).detail()).contains("the same from both");
        Finding finding = replay(old, fresh, 10);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(finding.detail())
                .contains("1 the same answer\n")
                .containsPattern("\\d+ variants of them, with other words, input and actions: \\d+ go another way")
                .containsPattern("variant price \\{} \"3 variant \\d+\" \\| another answer: ");
    }

    private Item old(String version) throws Exception {
        return version(version, PRICED.replace("Integer.parseInt(task.goal())", "3"));
    }

    private Item telling(String version) throws Exception {
        return version(version, "context.note(\"on it\");" + PRICED);
    }

    @Test
    void aNewVersionThatNoLongerSaysAnythingIsShown() throws Exception {
        recorded(3);
        Finding finding = replay(telling("1.0.0"), version("2.0.0", PRICED), 10);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(finding.detail()).contains("it says nothing any more to those who follow it");
        Finding more = replay(version("1.0.0", PRICED), telling("2.0.0"), 10);
        assertThat(more.verdict()).as(more.detail()).isEqualTo(Verdict.PASS);
    }

    /** Counts, then adds one to what was counted, as the step before it wrote it. */
    private Item counting(String version, String written, String read) throws Exception {
        return version(
                version,
                "if (task.action().equals(\"count\")) return new Outcome.Done(Map.of(" + written + "), Report.none());"
                        + "int counted = (Integer) task.results().get(\"count\").get(\"" + read + "\");"
                        + "return new Outcome.Done(Map.of(\"more\", counted + 1), Report.none());");
    }

    @Test
    void whatTheRunningVersionCannotGoOnFromAfterARollBackFails() throws Exception {
        store.write(Actor.system("test"), tx -> {
            tx.insert(goal("goal", "count"));
            tx.insert(step("first", "goal", "count", List.of(), Map.of("number", 7)));
            tx.insert(step("second", "goal", "add", List.of("count"), Map.of("more", 8)));
            tx.record("test.recorded", "goal", Map.of());
            return "";
        });
        Item running = counting("1.0.0", "\"number\", 7", "number");
        Finding renamed = replay(running, counting("2.0.0", "\"counted\", 7", "number"), 10);
        assertThat(renamed.verdict()).as(renamed.detail()).isEqualTo(Verdict.FAIL);
        Finding alone = replay(running, version("2.1.0", COUNTS_ELSEWHERE), 10);
        assertThat(alone.verdict()).as(alone.detail()).isEqualTo(Verdict.FAIL);
        assertThat(alone.detail())
                .contains("1 steps of the running version on what the new one wrote before them")
                .contains("some fail; keep what the running version reads of an answer")
                .contains("on its words add second | fails: java.lang.NullPointerException");
        Finding added = replay(running, counting("2.2.0", "\"number\", 7, \"unit\", \"pieces\"", "number"), 10);
        assertThat(added.verdict()).as(added.detail()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(added.detail()).contains("none fails").contains("on its words add second | the same answer");
        Finding same = replay(running, counting("2.3.0", "\"number\", 7", "number"), 10);
        assertThat(same.verdict()).as(same.detail()).isEqualTo(Verdict.PASS);
        assertThat(same.detail()).contains("it writes what the running version writes");
    }

    @Test
    void takesTheLatestStepsUpToItsBound() throws Exception {
        for (int price = 1; price <= 5; price++) {
            recorded(price);
        }
        Finding finding = replay(version("1.0.0", PRICED), version("2.0.0", PRICED + " "), 2);
        assertThat(finding.detail()).startsWith("worker, 2 recorded steps").contains("step-5", "step-4");
    }

    @Test
    void saysWhyNothingCanBeCompared() throws Exception {
        Item old = version("1.0.0", PRICED);
        Item fresh = version("2.0.0", PRICED);
        assertThat(replay(old, fresh, 10).detail()).isEqualTo("worker has ended no step yet that could be tried again");
        recorded(3);
        assertThat(replay(null, fresh, 10).detail()).startsWith("worker is new");
        assertThat(replay(old, fresh, 0).detail()).contains("replaySteps");
        assertThat(without(null, old, fresh)).contains("this node has no agents");
        assertThat(new Replays(store, () -> agents, 5, Duration.ofSeconds(1))
                        .of(List.of(old), List.of(fresh), folder::resolve, null))
                .allSatisfy(finding -> assertThat(finding.detail()).contains("this node has no jail"));
    }

    private String without(@Nullable Rehearsals none, Item old, Item fresh) {
        return new Replays(store, () -> none, 5, Duration.ofSeconds(1))
                .of(List.of(old), List.of(fresh), folder::resolve, jail)
                .get(0)
                .detail();
    }
}
