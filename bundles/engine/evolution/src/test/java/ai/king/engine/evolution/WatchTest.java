/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Facts;
import ai.king.engine.evolution.watch.Metric;
import ai.king.engine.evolution.watch.Reckoning;
import ai.king.engine.evolution.watch.Symptom;
import ai.king.engine.store.TestDatabase;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Expectation;
import ai.king.evolution.Expectation.Outcome;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.gate.Risk;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Row;
import ai.king.store.Store;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Version;

/** The platform looks at what the store knows, proposes once a day, and measures again. */
class WatchTest {

    private static final Actor TEST = Actor.system("test");
    private static final Item WEB =
            new Item("ai.king.tool.web", "web.fetch", "Tool", "d1", "1.0.0", Map.of("timeout", "30"), "platform");
    private static final Item CODE =
            new Item("ai.king.agent.code", "code", "Agent", "d2", "1.0.0", Map.of(), "platform");

    private final List<String> filed = new ArrayList<>();
    private int ids;

    private record Site(TestDatabase database, Store store, Watch watch, Instant now) {}

    private Site site(TestDatabase database) {
        Store store = database.store();
        put(store, new Pointer(Releases.POINTER, 1, null, null, 0, 0));
        put(
                store,
                new Release("1", 1, 0, null, List.of(WEB, CODE), store.clock().instant(), 0));
        return new Site(database, store, watch(database), store.clock().instant());
    }

    private Watch watch(TestDatabase database) {
        Map<String, PlugJar> jars = Map.of(
                "d1", jar(WEB.plug(), new Option("timeout", "Integer", false, false, "20", List.of(), "1", "3600")),
                "d2", jar(CODE.plug()));
        Symptom.Limits limits = new Symptom.Limits(
                20,
                3,
                Map.of(Metric.TIMED_OUT, 10.0, Metric.FAILED_TRIES, 20.0, Metric.MISSING_SKILL, 1.0, Metric.SLOW, 1e5));
        return new Watch(
                database.store(),
                goals(database.store()),
                new Intake(database.store(), database.payloads()),
                digest -> jars.get(digest),
                new Watch.Settings(
                        Duration.ofDays(14),
                        5000,
                        limits,
                        new Reckoning(20, Duration.ofDays(14)),
                        Duration.ofDays(30)));
    }

    private static PlugJar jar(String plug, Option... options) {
        return new PlugJar(plug, Version.parseVersion("1.0.0"), Map.of(), List.of(), Map.of(plug, List.of(options)));
    }

    /** Stores the goal as the engine does, in the caller's transaction. */
    private Goals goals(Store store) {
        return (Goals) Proxy.newProxyInstance(
                Goals.class.getClassLoader(),
                new Class<?>[] {Goals.class},
                (self, method, arguments) -> store.write((Actor) arguments[0], tx -> {
                    tx.record("goal.submitted", "goal", Map.of());
                    String goal = id(tx.now());
                    filed.add(arguments[1] + " " + arguments[2] + ": " + arguments[3] + " " + arguments[4]);
                    tx.insert(step(goal + "-s", goal, "code", Step.Status.RUNNING, "", List.of(), tx.now()));
                    return tx.insert(goal(goal, String.valueOf(arguments[3]), Goal.Status.RUNNING, tx.now()));
                }));
    }

    private static <R extends Row> R put(Store store, R row) {
        return store.write(TEST, tx -> {
            tx.record("test.put", row.id(), Map.of());
            return tx.insert(row);
        });
    }

    private String id(Instant at) {
        String hex = String.format("%012x", at.toEpochMilli());
        return hex.substring(0, 8) + "-" + hex.substring(8) + String.format("-7000-8000-%012x", ids++);
    }

    private static Goal goal(String id, String text, Goal.Status status, Instant at) {
        return new Goal(
                id,
                "goal",
                text,
                status,
                "PLAYBOOK",
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "ann",
                false,
                1,
                at,
                null,
                0);
    }

    private static Step step(
            String id, String goal, String agent, Step.Status status, String error, List<String> missing, Instant at) {
        boolean ended = status == Step.Status.COMPLETED || status == Step.Status.FAILED;
        return new Step(
                id,
                goal,
                "s",
                agent,
                "do",
                Map.of(),
                List.of(),
                1,
                "LOW",
                status,
                0,
                null,
                missing,
                null,
                null,
                error.isEmpty() ? null : error,
                null,
                null,
                false,
                null,
                null,
                at,
                ended ? at.plusSeconds(1) : null,
                0);
    }

    private void steps(Site site, int count, Instant at, String agent, Step.Status status, String error) {
        for (int i = 0; i < count; i++) {
            put(site.store, step(id(at), "g", agent, status, error, List.of(), at));
        }
    }

    /** 30 steps of research, 12 of them without an answer in time. */
    private void timeouts(Site site) {
        Instant at = site.now.minus(Duration.ofDays(3));
        steps(site, 18, at, "research", Step.Status.COMPLETED, "");
        steps(site, 12, at, "research", Step.Status.FAILED, "web.fetch: no answer within 30 s");
    }

    private List<Proposal> proposals(Site site) {
        return site.store.read(reader -> reader.list(Query.of(Proposal.class)));
    }

    private Expectation only(Site site) {
        List<Expectation> all = site.store.read(reader -> reader.list(Query.of(Expectation.class)));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void proposesAnOptionThatTheErrorsNameOnceADay(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            timeouts(site);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Callable<Object>> looks = List.of(
                    () -> site.watch.look(), () -> watch(database.secondNode()).look());
            for (Future<Object> look : threads.invokeAll(looks)) {
                look.get();
            }
            threads.shutdown();
            watch(database).look();
            assertThat(proposals(site)).singleElement().satisfies(proposal -> {
                assertThat(proposal.kind()).isEqualTo(Kind.CONFIGURATION);
                assertThat(proposal.origin()).isEqualTo(Proposal.Origin.AI);
                assertThat(proposal.change())
                        .containsEntry("name", "web.fetch")
                        .containsEntry("values", Map.of("timeout", 60));
                assertThat(proposal.description())
                        .contains("gives up after timeout 30", "time-outs of research: 40 % of 30 samples");
                assertThat(only(site).proposalId()).isEqualTo(proposal.id());
            });
            assertThat(only(site).baseline()).isEqualByComparingTo("40.0");
            assertThat(filed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void proposesTheFormerConfigurationOfAnAgentThatFailsSinceItWasChanged(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            Instant changed = site.now.minus(Duration.ofDays(2));
            Item code =
                    new Item("ai.king.agent.code", "code", "Agent", "d2", "1.0.0", Map.of("words", "9"), "platform");
            put(site.store, new Release("2", 2, 1, "p", List.of(WEB, code), changed, 0));
            site.store.write(TEST, tx -> {
                tx.record("test.moved", "pointer", Map.of());
                Pointer now = tx.lock(Pointer.class, Releases.POINTER).orElseThrow();
                return tx.update(Releases.at(now, 2));
            });
            steps(site, 30, changed.minusSeconds(60), "code", Step.Status.COMPLETED, "");
            steps(site, 30, changed.plusSeconds(60), "code", Step.Status.FAILED, "no");
            site.watch.look();
            assertThat(proposals(site)).singleElement().satisfies(proposal -> {
                assertThat(proposal.kind()).isEqualTo(Kind.CONFIGURATION);
                assertThat(proposal.title()).contains("back to the configuration before release 2");
                assertThat(proposal.change().get("values")).hasToString("{words=null}");
            });
            assertThat(only(site).hypothesis()).contains("before release 2 changed it");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inventsNothingWhereTheFactsPointAtNothing(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            Instant at = site.now.minus(Duration.ofDays(3));
            steps(site, 19, at, "few", Step.Status.FAILED, "web.fetch: no answer within 30 s");
            steps(site, 30, at, "slow", Step.Status.FAILED, "the deadline of 30 s has passed");
            steps(site, 30, at, "other", Step.Status.FAILED, "web.fetch: no answer within 31 s");
            steps(
                    site,
                    30,
                    site.now.minus(Duration.ofDays(20)),
                    "old",
                    Step.Status.FAILED,
                    "web.fetch: no answer within 30 s");
            site.watch.look();
            assertThat(proposals(site)).isEmpty();
            assertThat(filed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAMissingSkillWrittenAndTellsWhatWasMeasuredWithTheProposal(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            Instant at = site.now.minus(Duration.ofDays(2));
            steps(site, 27, at, "finance", Step.Status.COMPLETED, "");
            for (String text : List.of("Cohort retention 2024?", "cohort retention", "What? Cohort retention")) {
                Goal goal = put(site.store, goal(id(at), text, Goal.Status.WAITING_INPUT, at));
                put(
                        site.store,
                        step(id(at), goal.id(), "person", Step.Status.WAITING_INPUT, "", List.of("wording"), at));
            }
            site.watch.look();
            assertThat(filed).as("two of the three say the same").isEmpty();
            Goal third = put(site.store, goal(id(at), "COHORT RETENTION!", Goal.Status.WAITING_INPUT, at));
            put(site.store, step(id(at), third.id(), "person", Step.Status.WAITING_INPUT, "", List.of("wording"), at));
            site.watch.look();
            site.watch.look();
            assertThat(filed)
                    .singleElement()
                    .asString()
                    .startsWith("code create: ")
                    .contains(": cohort retention.");
            Expectation waiting = only(site);
            assertThat(waiting.goalId()).isNotNull();
            Proposal proposal = new Intake(site.store, database.payloads())
                    .takeFromAi(
                            waiting.goalId() + "-s:hash:0",
                            new NewProposal(
                                    Kind.SOURCE,
                                    "Agent cohort",
                                    "Goals are answered",
                                    Map.of(
                                            "plug",
                                            "acme.guest",
                                            "files",
                                            Map.of("src/main/java/acme/guest/A.java", "//")),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
            assertThat(only(site).proposalId()).isEqualTo(proposal.id());
            assertThat(proposal.description())
                    .contains("Goals are answered", "steps that lack cohort retention: 9.7 % of 31 samples");
        }
    }

    /** Of an agent that came as source: with a model its source is written anew, and proposed by who writes. */
    @ParameterizedTest
    @EnumSource
    void hasTheSourceOfAFailingAgentWrittenAnewWhereAModelAnswers(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            Instant at = site.now.minus(Duration.ofDays(2));
            Item guest = new Item("acme.guest", "guest", "Agent", "d2", "1.0.0", Map.of(), "jail");
            put(site.store, new Release("2", 2, 1, "p", List.of(WEB, CODE, guest), at, 0));
            site.store.write(TEST, tx -> {
                tx.record("test.moved", "pointer", Map.of());
                Pointer now = tx.lock(Pointer.class, Releases.POINTER).orElseThrow();
                return tx.update(Releases.at(now, 2));
            });
            put(site.store, source("d2", Map.of("src/main/java/acme/guest/A.java", "// once"), at));
            steps(site, 20, at.plusSeconds(60), "guest", Step.Status.COMPLETED, "");
            steps(site, 20, at.plusSeconds(60), "guest", Step.Status.FAILED, "index 3 is out of bounds");
            site.watch.look();
            assertThat(filed).as("nothing could change it").isEmpty();
            Step thinking = put(site.store, step(id(at), "g3", "thinker", Step.Status.COMPLETED, "", List.of(), at));
            put(site.store, answered(thinking, 0, Map.of("model", "m"), at));
            site.watch.look();
            site.watch.look();
            assertThat(filed)
                    .singleElement()
                    .asString()
                    .startsWith("code modify: The agent guest shall fail less often")
                    .contains(
                            "propose=true",
                            "// once",
                            "failed tries of guest: 50.0 % of 40",
                            "index 3 is out of bounds");
            assertThat(only(site).goalId()).isNotNull();
            assertThat(only(site).metric()).isEqualTo(Metric.FAILED_TRIES.name());
        }
    }

    private static Proposal source(String bundle, Map<String, String> files, Instant at) {
        return new Proposal(
                "p-source",
                Kind.SOURCE,
                "Agent guest",
                "",
                Proposal.Origin.DEVELOPER,
                "ada",
                Status.COMPLETED,
                "MEDIUM",
                null,
                Map.of(),
                Map.of("plug", "acme.guest", "files", files),
                bundle,
                null,
                "jail",
                List.of(),
                null,
                null,
                "",
                2L,
                at,
                at,
                0);
    }

    private Call answered(Step step, int nth, Map<String, ?> reply, Instant at) {
        return new Call(
                id(at),
                step.goalId(),
                step.id(),
                "k",
                nth,
                step.id() + ":k:" + nth,
                "model",
                false,
                Map.of(),
                Call.State.DONE,
                Map.of("reply", reply),
                null,
                1,
                at,
                at,
                0);
    }

    @ParameterizedTest
    @EnumSource
    void readsFromTheStoreWhatPeopleRefusedWhatModelsUsedAndHowLongItTook(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            Instant at = site.now.minus(Duration.ofDays(1));
            steps(site, 2, at, "writer", Step.Status.COMPLETED, "");
            Step asking = put(
                    site.store, step(id(at), "g2", "buyer", Step.Status.FAILED, "a person rejected it", List.of(), at));
            put(site.store, approval(id(at), asking.id() + ":k:0", Approval.Status.REJECTED, at));
            put(site.store, approval(id(at), asking.id() + ":k:1", Approval.Status.APPROVED, at));
            Step thinking = put(site.store, step(id(at), "g3", "thinker", Step.Status.COMPLETED, "", List.of(), at));
            Map<String, Object> usage = Map.of("promptTokens", 900, "completionTokens", 100);
            for (int nth = 0; nth < 2; nth++) {
                put(site.store, answered(thinking, nth, Map.of("usage", usage), at));
            }
            Facts facts = Facts.since(site.store, site.now.minus(Duration.ofDays(14)), 5000);
            assertThat(facts.deeds()).hasSize(4);
            Symptom.Limits all = new Symptom.Limits(
                    1, 1, Map.of(Metric.REFUSED, 1.0, Metric.TOKENS, 1.0, Metric.SLOW, 1.0, Metric.FAILED_TRIES, 1.0));
            assertThat(Symptom.of(facts.deeds(), all))
                    .extracting(Symptom::metric, Symptom::subject, symptom -> symptom.measure()
                            .value()
                            .intValueExact())
                    .containsExactlyInAnyOrder(
                            tuple(Metric.REFUSED, "buyer", 50),
                            tuple(Metric.TOKENS, "thinker", 2000),
                            tuple(Metric.SLOW, "thinker", 1000),
                            tuple(Metric.SLOW, "writer", 1000));
            Facts newest = Facts.since(site.store, site.now.minus(Duration.ofDays(14)), 3);
            assertThat(newest.deeds()).hasSize(3);
            assertThat(newest.from()).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private static Approval approval(String id, String subject, Approval.Status status, Instant at) {
        return new Approval(
                id,
                Approval.Type.FINANCIAL,
                "t",
                "",
                Risk.LOW,
                3,
                List.of(),
                Map.of(),
                "h",
                null,
                null,
                status,
                1,
                false,
                "call",
                subject,
                "g2",
                null,
                "ann",
                null,
                at,
                at,
                null,
                null,
                0);
    }

    @ParameterizedTest
    @EnumSource
    void measuresAgainOnceItIsPermanent(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Site site = site(database);
            timeouts(site);
            site.watch.look();
            site.watch.look();
            assertThat(only(site).outcome()).as("it is not permanent yet").isNull();
            Instant since = site.now.minus(Duration.ofHours(5));
            Instant after = site.now.minus(Duration.ofHours(1));
            end(site, Status.COMPLETED, since);
            steps(site, 10, after, "research", Step.Status.COMPLETED, "");
            site.watch.look();
            assertThat(only(site).outcome()).as("too few yet").isNull();
            steps(site, 12, after, "research", Step.Status.COMPLETED, "");
            steps(site, 1, after, "research", Step.Status.FAILED, "web.fetch: no answer within 60 s");
            site.watch.look();
            Expectation better = only(site);
            assertThat(better.outcome()).isEqualTo(Outcome.BETTER);
            assertThat(better.measured()).isEqualByComparingTo(new BigDecimal("4.3"));
            assertThat(better.measuredSamples()).isEqualTo(23);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsNotBetterAndWhatCannotBeTold(TestDatabase.Kind kind) {
        Map<Outcome, Duration> sinces = Map.of(
                Outcome.NOT_BETTER,
                Duration.ofHours(5),
                Outcome.TOO_FEW,
                Duration.ofDays(15),
                Outcome.NOT_RUN,
                Duration.ZERO);
        sinces.forEach((outcome, since) -> {
            try (TestDatabase database = kind.open()) {
                Site site = site(database);
                timeouts(site);
                site.watch.look();
                end(site, outcome == Outcome.NOT_RUN ? Status.REJECTED : Status.COMPLETED, site.now.minus(since));
                if (outcome == Outcome.NOT_BETTER) {
                    Instant after = site.now.minus(Duration.ofHours(1));
                    steps(site, 14, after, "research", Step.Status.COMPLETED, "");
                    steps(site, 7, after, "research", Step.Status.FAILED, "web.fetch: no answer within 60 s");
                } else if (outcome == Outcome.TOO_FEW) {
                    site.store.write(TEST, tx -> {
                        tx.record("test.delete", "steps", Map.of());
                        tx.list(Query.of(Step.class)).forEach(step -> tx.delete(Step.class, step.id()));
                        return null;
                    });
                }
                site.watch.look();
                assertThat(only(site).outcome()).isEqualTo(outcome);
            }
        });
    }

    private void end(Site site, Status status, Instant since) {
        site.store.write(TEST, tx -> {
            tx.record("test.end", "proposal", Map.of());
            Proposal proposal = tx.list(Query.of(Proposal.class)).get(0);
            return tx.update(Draft.of(proposal).status(status, since).proposal());
        });
    }
}
