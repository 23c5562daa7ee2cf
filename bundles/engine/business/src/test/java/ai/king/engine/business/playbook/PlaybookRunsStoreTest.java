/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agents.Agents;
import ai.king.business.Business;
import ai.king.business.Businesses.NewBusiness;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.business.Playbooks;
import ai.king.business.Reading;
import ai.king.business.TransitionRefused;
import ai.king.engine.business.StoredBusinesses;
import ai.king.engine.store.TestDatabase;
import ai.king.evolution.Release.Item;
import ai.king.evolution.Released;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.work.Goal;
import ai.king.work.Schedules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Businesses taken through playbooks, the same on H2 and on PostgreSQL. */
class PlaybookRunsStoreTest {

    private static final Actor ANN = Actor.person("ann");

    @Nested
    class OnH2 extends OnAnyDatabase {
        OnH2() throws IOException {
            super(TestDatabase.h2());
        }
    }

    @Nested
    class OnPostgreSql extends OnAnyDatabase {
        OnPostgreSql() throws IOException {
            super(TestDatabase.postgresql());
        }
    }

    abstract static class OnAnyDatabase {

        private final TestDatabase database;
        private final StoredBusinesses businesses;
        private final FakeGoals goals;
        private final List<Item> items = new ArrayList<>();
        private final List<String> counted = new ArrayList<>();
        private final Playbooks playbooks;
        private final String shop;
        private Runnable look = () -> {};

        OnAnyDatabase(TestDatabase database) throws IOException {
            this.database = database;
            businesses = new StoredBusinesses(
                    database.store(), database.payloads(), (type, bytes) -> new Reading.Unreadable("no"));
            goals = new FakeGoals(database.store());
            item("dropshipping", Files.readString(Path.of("../../../config/playbooks/dropshipping.yaml")));
            item("broken", "name: [");
            playbooks = new StoredPlaybooks(
                    database.store(),
                    new Release(),
                    new YamlPlaybooks(),
                    agents(),
                    goals.goals(),
                    businesses,
                    new Clock());
            shop = businesses
                    .create(ANN, new NewBusiness("Shop", "dropshipping", "pets", "USD", null))
                    .id();
        }

        @AfterEach
        void close() {
            database.close();
        }

        private void item(String id, String yaml) {
            items.add(new Item(
                    "ai.king.playbook", id, "Playbook", Json.sha256(yaml), "1", Map.of("yaml", yaml), "platform"));
        }

        private static Agents agents() {
            List<Agents.Described> all = Stream.of("research", "finance")
                    .map(name -> new Agents.Described(name, "", List.of(), "LOW"))
                    .toList();
            return (Agents) Proxy.newProxyInstance(
                    Agents.class.getClassLoader(), new Class<?>[] {Agents.class}, (proxy, method, arguments) -> all);
        }

        private PlaybookRun start() {
            return playbooks.start(ANN, shop, "dropshipping");
        }

        private PlaybookRun run(PlaybookRun run) {
            return playbooks.run(run.id()).orElseThrow();
        }

        private StageRun stage(PlaybookRun run) {
            return run(run).stages().get(run(run).stage());
        }

        private Business.Status status() {
            return businesses.find(shop).orElseThrow().status();
        }

        private void completed() {
            goals.end(goals.last().id(), Goal.Status.COMPLETED);
            look.run();
        }

        private void products(int count) {
            StringBuilder csv = new StringBuilder("sku,name,unit_cost,list_price\n");
            for (int i = 0; i < count; i++) {
                csv.append("s").append(i).append(",Bowl,5,10\n");
            }
            businesses.importCsv(
                    ANN,
                    shop,
                    "products",
                    new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                    false);
        }

        @Test
        void showsThePlaybooksOfTheRelease() {
            assertThat(playbooks.all()).singleElement().satisfies(one -> {
                assertThat(one.id()).isEqualTo("dropshipping");
                assertThat(one.playbook().stages()).hasSize(5);
            });
            assertThat(playbooks.find("broken")).isEmpty();
            assertThatThrownBy(() -> playbooks.check(YamlPlaybooksTest.SMALL.replace("agent: finance", "agent: legal")))
                    .hasMessageContaining("line 19: step second needs the agent legal");
        }

        @Test
        void filesTheStepsOfAStageAndWaitsForItsGate() {
            PlaybookRun run = start();
            assertThat(run.status()).isEqualTo(PlaybookRun.Status.RUNNING);
            assertThat(businesses.find(shop).orElseThrow().playbookId()).isEqualTo("dropshipping");
            assertThat(goals.last().text()).isEqualTo("Playbook Dropshipping, stage discovery");
            assertThat(goals.last().requestedBy()).isEqualTo("ann");
            assertThat(goals.plans.get(0))
                    .extracting(step -> step.name() + " " + step.agent() + " " + step.dependsOn())
                    .containsExactly("research_products research []", "analyze_margins finance [research_products]");
            assertThat(stage(run).endsBy()).isEqualTo(stage(run).startedAt().plus(Duration.ofHours(72)));
            look.run();
            assertThat(run(run).status()).isEqualTo(PlaybookRun.Status.RUNNING);
            completed();
            assertThat(run(run).status()).isEqualTo(PlaybookRun.Status.WAITING_GATE);
            assertThat(stage(run).unmet())
                    .containsExactly(
                            "products_researched >= 10: nobody has reported it", "profit_margin_avg >= 0.3: no data");
            assertThat(status()).isEqualTo(Business.Status.DISCOVERY);
            assertThatThrownBy(() -> businesses.transition(ANN, shop, Business.Status.VALIDATION, ""))
                    .isInstanceOf(TransitionRefused.class)
                    .hasMessageContaining("products_researched");
        }

        @Test
        void goesOnWhenRecordsAndPeopleSayWhatTheGateRequires() {
            PlaybookRun run = start();
            completed();
            products(4);
            playbooks.report(ANN, run.id(), Map.of("products_researched", "9"));
            assertThat(stage(run).unmet()).containsExactly("products_researched >= 10: it is 9");
            playbooks.report(ANN, run.id(), Map.of("products_researched", "12"));
            assertThat(run(run).stage()).isEqualTo(1);
            assertThat(run(run).status()).isEqualTo(PlaybookRun.Status.RUNNING);
            assertThat(status()).isEqualTo(Business.Status.VALIDATION);
            assertThat(goals.last().text()).endsWith("stage validation");
            completed();
            playbooks.report(ANN, run.id(), Map.of("supplier_confirmed", "true", "market_demand_score", "0.7"));
            completed();
            playbooks.report(ANN, run.id(), Map.of("store_live", "true"));
            assertThat(stage(run).unmet()).containsExactly("products_listed >= 5: it is 4");
            products(5);
            look.run();
            assertThat(status()).isEqualTo(Business.Status.OPERATION);
            completed();
            assertThat(stage(run).unmet()).containsExactly("orders_count >= 10: no data", "revenue >= 500: no data");
        }

        @Test
        void endsWithItsLastStage() {
            PlaybookRun run = playbooks.start(ANN, shop, small());
            completed();
            playbooks.report(ANN, run.id(), Map.of("seen", "3"));
            completed();
            assertThat(run(run).status()).isEqualTo(PlaybookRun.Status.COMPLETED);
            assertThat(run(run).stages()).extracting(StageRun::status).containsExactly("COMPLETED", "COMPLETED");
            assertThat(counted).containsExactly("Playbook small " + run.id() + " false");
            assertThat(playbooks.start(ANN, shop, "small").stage()).isEqualTo(1);
        }

        private String small() {
            item("small", YamlPlaybooksTest.SMALL);
            return "small";
        }

        @Test
        void aRunKeepsThePlaybookAsItWasWhenItBegan() {
            PlaybookRun run = playbooks.start(ANN, shop, small());
            items.removeIf(item -> item.name().equals("small"));
            item("small", YamlPlaybooksTest.SMALL.replace("value: 2.5", "value: 99"));
            completed();
            playbooks.report(ANN, run.id(), Map.of("seen", "3"));
            assertThat(run(run).stage()).isEqualTo(1);
        }

        @Test
        void endsWithAGoalThatFailsOrTakesTooLong() {
            PlaybookRun run = start();
            goals.end(goals.last().id(), Goal.Status.FAILED);
            look.run();
            assertThat(run(run).status()).isEqualTo(PlaybookRun.Status.FAILED);
            assertThat(run(run).error()).contains("the goal of stage discovery failed: it FAILED");
            assertThat(counted).containsExactly("Playbook dropshipping " + run.id() + " true");
            PlaybookRun late = start();
            overdue(late);
            look.run();
            assertThat(run(late).error()).contains("did not end by");
            assertThat(goals.status(goals.last())).isEqualTo(Goal.Status.CANCELLED);
        }

        private void overdue(PlaybookRun run) {
            database.store().write(ANN, tx -> {
                tx.record("test.overdue", run.id(), Map.of());
                Map<String, Object> late = new HashMap<>(Json.asMap(run(run)));
                List<StageRun> stages = new ArrayList<>(run(run).stages());
                StageRun now = stages.get(0);
                stages.set(
                        0,
                        new StageRun(
                                now.name(),
                                now.status(),
                                now.budget(),
                                now.goalId(),
                                now.startedAt(),
                                Instant.EPOCH,
                                null,
                                List.of()));
                late.put("stages", stages);
                return tx.update(Json.convert(late, PlaybookRun.class));
            });
        }

        @Test
        void oneRunABusinessAndACancelledOneEndsItsGoal() {
            PlaybookRun run = start();
            assertThatThrownBy(this::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(run.id());
            assertThat(playbooks.cancel(ANN, run.id()).status()).isEqualTo(PlaybookRun.Status.CANCELLED);
            assertThat(goals.status(goals.last())).isEqualTo(Goal.Status.CANCELLED);
            assertThatThrownBy(() -> playbooks.cancel(ANN, run.id())).isInstanceOf(IllegalStateException.class);
            start();
            assertThatThrownBy(() -> playbooks.start(ANN, shop, "poems")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> playbooks.start(ANN, "nobody", "dropshipping"))
                    .isInstanceOf(NoSuchElementException.class);
        }

        @Test
        void refusesFactsThatNoGateAsksForOrThatRecordsTell() {
            PlaybookRun run = start();
            for (Map<String, String> facts : List.of(
                    Map.of("weather", "1"),
                    Map.of("revenue", "1000"),
                    Map.of("products_researched", "true"),
                    Map.of("products_researched", "1e9"),
                    Map.of("store_live", "yes"),
                    Map.<String, String>of())) {
                assertThatThrownBy(() -> playbooks.report(ANN, run.id(), facts))
                        .as("%s", facts)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        /** Items as a test lists them. */
        private final class Release implements Released {
            @Override
            public List<Item> items(String type, String bucket) {
                return items.stream().filter(item -> item.type().equals(type)).toList();
            }

            @Override
            public void count(String type, String about, String bucket, long nanos, boolean failed) {
                counted.add(type + " " + about + " " + bucket + " " + failed);
            }
        }

        /** Runs the job when a test says. */
        private final class Clock implements Schedules {
            @Override
            public AutoCloseable every(String name, Duration distance, Runnable job) {
                look = job;
                return () -> {};
            }

            @Override
            public @Nullable Instant next(String name) {
                return null;
            }
        }
    }
}
