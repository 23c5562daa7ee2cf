/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.cluster.Nodes;
import ai.king.engine.evolution.Generations;
import ai.king.engine.evolution.Releases;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.PlugEngine;
import ai.king.engine.plug.testing.PlainFramework;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Jail;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import ai.king.store.Actor;
import ai.king.store.Payloads;
import ai.king.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The reconciler as a bundle in a real framework, with plugs built from source. */
class ReconcilerTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] ONE = PlugSource.echo(PLUG, "fixture", "1.0.0").jar();
    private static final byte[] TWO = PlugSource.echo(PLUG, "fixture", "2.0.0").jar();
    private static final byte[] BROKEN = PlugSource.echo(PLUG, "fixture", "3.0.0")
            .source("Never", "package ai.king.agent.fixture; class Never { }")
            .header("Require-Capability", "osgi.implementation;filter:=\"(osgi.implementation=king.absent)\"")
            .jar();

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeNodes nodes = new FakeNodes("one");
    private PlainFramework framework;
    private Plugs plugs;
    private Routes routes;

    @BeforeEach
    void shipTheFirstVersion() throws IOException {
        Path plugFolder = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugFolder.resolve("fixture.jar"), ONE);
        Files.writeString(plugFolder.resolve(PLUG + ".cfg"), "# prefix = echo: \nprefix = first \n");
    }

    @AfterEach
    void stop() {
        framework.close();
        System.clearProperty("king.retry");
    }

    @Test
    void theFirstReleaseIsMadeOfTheDistributionsFolderAndRuns() throws Exception {
        boot(store);
        awaitApplied(1);
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
        assertThat(store.about("1")).extracting(entry -> entry.action()).containsExactly("release.first");
        Bundle bundle = installed().get(0);
        assertThat(bundle.getLocation()).isEqualTo("king:" + store.keep(ONE));
        assertThat(nodes.node().error()).isEmpty();
    }

    @Test
    void aNewReleaseTakesOverAndTheOldOneStaysAsTheWayBack() throws Exception {
        boot(store);
        awaitApplied(1);
        List<Long> others = others();
        release(2, 1, item(TWO, "2.0.0", Map.of("prefix", "second ")));
        awaitApplied(2);
        assertThat(call("g")).isEqualTo("second hello 2.0.0");
        assertThat(routes.of("Agent", "fixture"))
                .extracting(Route::state)
                .containsExactly(Route.State.ACTIVE, Route.State.STANDBY);
        release(3, 2, item(TWO, "2.0.0", Map.of("prefix", "third ")));
        awaitApplied(3);
        assertThat(call("g")).isEqualTo("third hello 2.0.0");
        Waiting.until(() -> routes.of("Agent", "fixture").size() == 2, routes::all);
        assertThat(installed()).hasSize(1);
        release(4, 3, item(ONE, "1.0.0", Map.of("prefix", "first ")));
        awaitApplied(4);
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
        assertThat(others()).isEqualTo(others);
    }

    @Test
    void aReleaseThatDropsAPlugTakesItOutOfService() throws Exception {
        boot(store);
        awaitApplied(1);
        release(2, 1);
        awaitApplied(2);
        Waiting.until(() -> installed().isEmpty(), this::installed);
        assertThat(plugs.names(Agent.class)).isEmpty();
    }

    @Test
    void bytesThatAreNotThoseOfTheDigestAreNeverInstalled() throws Exception {
        boot(store);
        awaitApplied(1);
        Item two = item(TWO, "2.0.0", Map.of());
        store.damage(two.bundle(), ONE);
        release(2, 1, two);
        awaitApplied(2);
        assertThat(nodes.node().error()).contains("digest");
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
    }

    @Test
    void aPlugThatDoesNotResolveLeavesTheOldOneInPlaceAndSaysWhy() throws Exception {
        boot(store);
        awaitApplied(1);
        release(2, 1, item(BROKEN, "3.0.0", Map.of()));
        awaitApplied(2);
        assertThat(nodes.node().error()).contains("3.0.0").contains("king.absent");
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
        Waiting.until(() -> installed().size() == 1, this::installed);
    }

    @Test
    void aTrialGetsItsShareOnItsNodeAndIsGoneWhenItEnds() throws Exception {
        boot(store);
        awaitApplied(1);
        Item two = item(TWO, "2.0.0", Map.of("prefix", ""));
        trial(two, 50);
        Waiting.until(() -> routes.of("Agent", "fixture").size() == 2, routes::all);
        Waiting.until(() -> routes.of("Agent", "fixture").get(0).weight() == 50, routes::all);
        long onNew = IntStream.range(0, 200)
                .filter(i -> call("goal" + i).endsWith("2.0.0"))
                .count();
        assertThat(onNew).isBetween(70L, 130L);
        move(pointer -> new Pointer(pointer.id(), 1, null, null, 0, pointer.version()));
        Waiting.until(() -> installed().size() == 1, this::installed);
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
    }

    @Test
    void withoutTheDatabaseTheLastReleaseRunsFromDisk() throws Exception {
        boot(store);
        awaitApplied(1);
        framework.close();
        boot(null);
        Waiting.until(() -> plugs.names(Agent.class).contains("fixture"), routes::all);
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
    }

    @Test
    void aNodeThatDiedInATrialBootsThePermanentRelease() throws Exception {
        boot(store);
        awaitApplied(1);
        trial(item(TWO, "2.0.0", Map.of()), 50);
        Waiting.until(() -> routes.of("Agent", "fixture").size() == 2, routes::all);
        Map<Path, byte[]> crashed = data();
        framework.close();
        restore(crashed);
        boot(store);
        awaitApplied(1);
        assertThat(routes.of("Agent", "fixture")).hasSize(1);
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
    }

    @Test
    void afterThreeBadBootsItRunsWithoutPlugsUntilARetry() throws Exception {
        Files.createDirectories(work.resolve("data"));
        Files.writeString(work.resolve("data").resolve("boots"), "3");
        boot(store);
        awaitApplied(1);
        assertThat(nodes.node().error()).contains("three boots");
        assertThat(installed()).isEmpty();
        framework.close();
        Files.writeString(work.resolve("data").resolve("boots"), "3");
        System.setProperty("king.retry", "true");
        boot(store);
        Waiting.until(() -> plugs.names(Agent.class).contains("fixture"), routes::all);
    }

    @Test
    void anAgentInTheJailIsRegisteredAndItsBundleIsNot() throws Exception {
        boot(store);
        awaitApplied(1);
        Item two = item(TWO, "2.0.0", Map.of());
        Item jailed = new Item(
                two.plug(), two.name(), two.type(), two.bundle(), two.bundleVersion(), two.values(), Generations.JAIL);
        release(2, 1, jailed);
        awaitApplied(2);
        assertThat(nodes.node().error()).contains("jail");
        HouseOfOne jail = new HouseOfOne();
        framework.context().registerService(Jail.class, jail, null);
        Waiting.until(() -> nodes.node().error().isEmpty(), () -> nodes.node().error());
        Waiting.until(() -> call("g").equals("jailed "), () -> call("g"));
        assertThat(plugs.current(Agent.class).get(0).version()).isEqualTo("2.0.0");
        assertThat(plugs.current(Agent.class).get(0).properties()).containsEntry("king.agent.description", "Answers");
        assertThat(installed()).hasSize(1);
        release(3, 2);
        Waiting.until(jail.closed::get, () -> "resident still there");
    }

    @Test
    void aJailedAgentThatTakesOverIsAwakeBeforeItsFirstCall() throws Exception {
        boot(store);
        awaitApplied(1);
        HouseOfOne jail = new HouseOfOne();
        jail.open.set(new CountDownLatch(1));
        framework.context().registerService(Jail.class, jail, null);
        release(2, 1, jailed(TWO, "2.0.0"));
        Waiting.until(() -> jail.awoken.get() == 1, () -> "nobody is woken");
        assertThat(call("g")).as("while its host starts").isEqualTo("first hello 1.0.0");
        jail.open.get().countDown();
        Waiting.until(() -> call("g").equals("jailed "), () -> call("g"));
        assertThat(jail.startedByCalls).as("hosts that a call had to start").hasValue(0);
    }

    @Test
    void aJailedAgentThatCannotBeHadTakesNothingOver() throws Exception {
        boot(store);
        awaitApplied(1);
        HouseOfOne jail = new HouseOfOne();
        jail.unfit.set("no agent is called fixture");
        framework.context().registerService(Jail.class, jail, null);
        release(2, 1, jailed(TWO, "2.0.0"));
        Waiting.until(() -> nodes.node().error().contains("no agent is called"), () -> nodes.node()
                .error());
        Waiting.until(jail.closed::get, () -> "resident still there");
    }

    @Test
    void atBootNoJailedAgentIsWoken() throws Exception {
        boot(store);
        awaitApplied(1);
        HouseOfOne jail = new HouseOfOne();
        framework.context().registerService(Jail.class, jail, null);
        Item two = jailed(TWO, "2.0.0");
        release(2, 1, new Item(two.plug(), "guest", two.type(), two.bundle(), "2.0.0", two.values(), Generations.JAIL));
        awaitApplied(2);
        assertThat(jail.awoken).hasValue(0);
    }

    private Item jailed(byte[] jar, String version) {
        Item item = item(jar, version, Map.of());
        return new Item(item.plug(), item.name(), item.type(), item.bundle(), version, item.values(), Generations.JAIL);
    }

    private void boot(@Nullable FakeStore there) throws BundleException, IOException {
        framework = new PlainFramework(
                work.resolve("cache"),
                Map.of(
                        "king.data",
                        work.resolve("data").toString(),
                        "king.plugs",
                        work.resolve("plugs").toString()));
        nodes.applied(0, "");
        BundleContext context = framework.context();
        if (there != null) {
            context.registerService(new String[] {Store.class.getName(), Payloads.class.getName()}, there, null);
        }
        context.registerService(Nodes.class, nodes, null);
        framework.install(PlugEngine.class).start();
        framework
                .configurations()
                .getConfiguration("ai.king.engine.evolution.node", "?")
                .update(new Hashtable<>(Map.of("pollMillis", 20, "databaseSeconds", 0)));
        framework.startOwn();
        plugs = framework.service(Plugs.class);
        routes = framework.service(Routes.class);
    }

    private Item item(byte[] jar, String version, Map<String, Object> values) {
        return new Item(PLUG, "fixture", "Agent", store.keep(jar), version, values, Generations.PLATFORM);
    }

    private void release(long no, long parent, Item... items) {
        store.write(Actor.system("test"), tx -> {
            tx.insert(new Release(Long.toString(no), no, parent, null, List.of(items), tx.now(), 0));
            tx.record("test.release", Long.toString(no), Map.of());
            return no;
        });
        move(pointer -> new Pointer(pointer.id(), no, null, null, 0, pointer.version()));
    }

    private void trial(Item item, int percent) {
        store.write(Actor.system("test"), tx -> {
            tx.insert(new Release("2", 2, 1, "p", List.of(item), tx.now(), 0));
            tx.insert(new Proposal(
                    "p",
                    Proposal.Kind.BUNDLE,
                    "",
                    "",
                    Proposal.Origin.ADMIN,
                    "ada",
                    Proposal.Status.CANARY,
                    "LOW",
                    null,
                    Map.of(),
                    Map.of(),
                    null,
                    null,
                    "platform",
                    List.of(),
                    null,
                    Map.of("node", "one"),
                    "",
                    null,
                    tx.now(),
                    tx.now(),
                    0));
            tx.record("test.trial", "p", Map.of());
            return 2;
        });
        move(pointer -> new Pointer(pointer.id(), 1, 2L, "p", percent, pointer.version()));
    }

    private void move(UnaryOperator<Pointer> to) {
        store.write(Actor.system("test"), tx -> {
            tx.record("test.move", "pointer", Map.of());
            return tx.update(to.apply(Releases.pointer(tx).orElseThrow()));
        });
    }

    private void awaitApplied(long release) {
        Waiting.until(() -> nodes.node().applied() == release, nodes::node);
    }

    private List<Bundle> installed() {
        return Arrays.stream(framework.context().getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("king:"))
                .toList();
    }

    /** When each bundle of the platform was last touched. */
    private List<Long> others() {
        return Arrays.stream(framework.context().getBundles())
                .filter(bundle -> !bundle.getLocation().startsWith("king:"))
                .map(bundle -> bundle.getLastModified() * 31 + bundle.getState())
                .toList();
    }

    private Map<Path, byte[]> data() throws IOException {
        Map<Path, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(work.resolve("data"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void restore(Map<Path, byte[]> files) throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    private String call(String goal) {
        try (Lease<Agent> lease = plugs.lease(Agent.class, "fixture", RouteKey.of(goal))) {
            Outcome outcome = lease.plug().perform(new Task("t", "", "hello", Map.of(), Map.of(), List.of()), null);
            Map<String, Object> data = ((Outcome.Done) outcome).data();
            return data.get("text") + " " + data.getOrDefault("version", "");
        }
    }

    /** Houses one agent, here. */
    private static final class HouseOfOne implements Jail {

        private final AtomicBoolean closed = new AtomicBoolean();
        private final AtomicReference<CountDownLatch> open = new AtomicReference<>(new CountDownLatch(0));
        private final AtomicReference<String> unfit = new AtomicReference<>("");
        private final AtomicInteger awoken = new AtomicInteger();
        private final AtomicInteger startedByCalls = new AtomicInteger();

        @Override
        public String tier() {
            return "T3";
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public Trial test(Path bundle, Optional<Path> tests, Map<String, Object> configuration, Duration limit) {
            throw new UnsupportedOperationException("nothing is tested here");
        }

        @Override
        public Built build(Source source, Duration limit) {
            throw new UnsupportedOperationException("nothing is built here");
        }

        @Override
        public Resident house(Path bundle, Map<String, Object> configuration, String name) {
            AtomicBoolean started = new AtomicBoolean();
            return new Resident() {
                @Override
                public Agent agent() {
                    return (task, context) -> {
                        startedByCalls.addAndGet(started.getAndSet(true) ? 0 : 1);
                        return new Outcome.Done(Map.of("text", "jailed"), Report.none());
                    };
                }

                @Override
                public Optional<String> wake() {
                    awoken.incrementAndGet();
                    try {
                        open.get().await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    started.set(true);
                    return Optional.of(unfit.get()).filter(why -> !why.isEmpty());
                }

                @Override
                public void close() {
                    closed.set(true);
                }
            };
        }
    }
}
