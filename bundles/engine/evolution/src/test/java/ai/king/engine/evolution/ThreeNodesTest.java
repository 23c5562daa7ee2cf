/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.cluster.Node;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.gate.Approval;
import ai.king.store.Payloads;
import ai.king.store.Tx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One release on three nodes: the share of the first, then the others, and those that were away or got other bytes. */
class ThreeNodesTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] TWO = jar("2.0.0");
    private static final byte[] THREE = jar("3.0.0");
    private static final Identity ADA = new Identity("ada", Set.of(Role.ADMIN, Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));
    private static final List<String> NAMES = List.of("one", "three", "two");

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private final ConcurrentMap<String, Node> cluster = new ConcurrentSkipListMap<>();
    private final Map<String, byte[]> forged = new ConcurrentHashMap<>();
    private final Map<String, TestNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private Path plugs;

    private static byte[] jar(String version) {
        return PlugSource.echo(PLUG, "fixture", version).jar();
    }

    @BeforeEach
    void boot() throws IOException {
        plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugs.resolve("fixture.jar"), jar("1.0.0"));
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "# prefix = echo: \n");
        NAMES.forEach(this::start);
        NAMES.forEach(name -> nodes.get(name).awaitApplied(1));
    }

    @AfterEach
    void stop() {
        held.values().forEach(CountDownLatch::countDown);
        nodes.values().forEach(TestNode::close);
    }

    private void start(String name) {
        TestNode node = new TestNode(
                work.resolve(name), plugs, store, new Bytes(name), store, new FakeNodes(name, cluster), approvals);
        nodes.put(name, node.start(new FakeJail()));
    }

    private void leave(String name) {
        nodes.remove(name).close();
        cluster.remove(name);
    }

    @Test
    void theFirstNodeHasItsShareThenTheOthersFollowAndNoCallIsLost() throws InterruptedException {
        try (Callers callers = new Callers()) {
            Proposal trial = onTrial(TWO);
            String first = String.valueOf(trial.canary().get("node"));
            Waiting.until(
                    () -> versions(first) == 2, () -> nodes.get(first).routes().all());
            for (String other : NAMES) {
                assertThat(versions(other)).as(other).isEqualTo(other.equals(first) ? 2 : 1);
            }
            for (int goal = 0; !wide(trial.id()) && goal < 100_000; goal++) {
                nodes.get(first).call("fixture", "goal " + goal);
            }
            NAMES.forEach(name -> Waiting.until(
                    () -> versions(name) == 2, () -> nodes.get(name).routes().all()));
            some().evolution().promote(GRACE, trial.id());
            NAMES.forEach(name -> runs(name, "2.0.0"));
            some().evolution().rollback(GRACE, trial.id());
            NAMES.forEach(name -> runs(name, "1.0.0"));
            assertThat(callers.faults()).isEmpty();
        }
    }

    @Test
    void aNodeThatWasAwayConverges() {
        leave("two");
        promoted(TWO);
        promoted(THREE);
        start("two");
        NAMES.forEach(name -> runs(name, "3.0.0"));
        nodes.get("two").awaitApplied(3);
        leave("one");
        Proposal last = store.read(reader -> reader.list(ai.king.store.Query.of(Proposal.class))).stream()
                .filter(proposal -> Long.valueOf(3).equals(proposal.release()))
                .findFirst()
                .orElseThrow();
        some().evolution().rollback(GRACE, last.id());
        start("one");
        NAMES.forEach(name -> runs(name, "2.0.0"));
        NAMES.forEach(name -> nodes.get(name).awaitApplied(4));
    }

    @Test
    void aNodeWhoseArtefactDoesNotVerifyStaysOutAndSaysWhy() {
        forged.put(store.keep(TWO), jar("2.0.1"));
        leave("three");
        Proposal made = promoted(TWO);
        start("three");
        Waiting.until(() -> !error("three").isEmpty() && cluster.get("three").applied() == 2, () -> cluster);
        store.advance(Duration.ofMinutes(1));
        assertThat(error("three")).contains(PLUG + " 2.0.0").contains("instead of " + store.keep(TWO));
        assertThat(nodes.get("three").call("fixture", "g"))
                .as("takes no call for it")
                .isEqualTo("absent");
        for (String other : List.of("one", "two")) {
            runs(other, "2.0.0");
            assertThat(error(other)).isEmpty();
        }
        some().evolution().rollback(GRACE, made.id());
        NAMES.forEach(name -> runs(name, "1.0.0"));
        Waiting.until(() -> error("three").isEmpty(), () -> cluster);
    }

    @Test
    void aTrialWhoseArtefactDoesNotVerifyOnOneNodeGoesOnOnTheOthers() {
        forged.put(store.keep(TWO), jar("2.0.1"));
        leave("three");
        Proposal trial = onTrial(TWO);
        start("three");
        List<String> order = order(trial);
        // Whichever node began it: up to the one whose bytes are others.
        List<String> upToIt = order.subList(0, order.indexOf("three") + 1);
        untilReached(trial, upToIt);
        Waiting.until(() -> !cluster.get("three").trialError().isEmpty(), () -> cluster);
        assertThat(reached(trial.id())).as("while it has its time").isEqualTo(upToIt);
        store.advance(Duration.ofMinutes(1));
        for (String name : List.of("one", "two")) {
            Waiting.until(
                    () -> versions(name) == 2, () -> nodes.get(name).routes().all());
        }
        runs("three", "1.0.0");
        Waiting.until(() -> Canary.stored(find(trial.id())).get("out") != null, () -> find(trial.id()));
        assertThat(find(trial.id()).status()).isEqualTo(Status.CANARY);
        assertThat(Canary.stored(find(trial.id())).get("out")).asString().contains("three=" + PLUG + " 2.0.0");
        assertThat(cluster.get("three").trialError()).contains("instead of " + store.keep(TWO));
        assertThat(cluster.get("three").error()).isEmpty();
    }

    @Test
    void theOthersFollowOneAfterTheOther() {
        Proposal trial = onTrial(TWO);
        List<String> order = order(trial);
        CountDownLatch hold = new CountDownLatch(1);
        held.put(order.get(1), hold);
        untilReached(trial, order.subList(0, 2));
        for (int goal = 0; goal < 500; goal++) {
            nodes.get(order.get(0)).call("fixture", "again " + goal);
        }
        assertThat(reached(trial.id())).as("while the second one installs").hasSize(2);
        assertThat(versions(order.get(2))).isEqualTo(1);
        hold.countDown();
        Waiting.until(() -> wide(trial.id()), () -> find(trial.id()));
        assertThat(reached(trial.id())).isEqualTo(order);
        NAMES.forEach(name -> Waiting.until(
                () -> versions(name) == 2, () -> nodes.get(name).routes().all()));
    }

    @Test
    void whatIsPromotedEarlyGoesFromNodeToNodeAndARollBackActsOnAllAtOnce() {
        Proposal trial = onTrial(TWO);
        List<String> order = order(trial);
        CountDownLatch hold = new CountDownLatch(1);
        held.put(order.get(1), hold);
        some().evolution().promote(GRACE, trial.id());
        runs(order.get(0), "2.0.0");
        Waiting.until(() -> reached(trial.id()).size() == 2, () -> find(trial.id()));
        runs(order.get(2), "1.0.0");
        assertThat(some().evolution().pointer().former()).isEqualTo(1);
        some().evolution().rollback(GRACE, trial.id());
        hold.countDown();
        NAMES.forEach(name -> nodes.get(name).awaitApplied(3));
        NAMES.forEach(name -> runs(name, "1.0.0"));
        assertThat(some().evolution().pointer().former()).isZero();
    }

    @Test
    void aNodeThatLeavesOnItsTurnHoldsUpNobodyAndConvergesWhenItIsBack() {
        Proposal trial = onTrial(TWO);
        List<String> order = order(trial);
        CountDownLatch hold = new CountDownLatch(1);
        held.put(order.get(1), hold);
        untilReached(trial, order.subList(0, 2));
        hold.countDown();
        leave(order.get(1));
        Waiting.until(() -> wide(trial.id()), () -> find(trial.id()));
        start(order.get(1));
        NAMES.forEach(name -> Waiting.until(
                () -> versions(name) == 2, () -> nodes.get(name).routes().all()));
    }

    /** The first node, then the others as they are called. */
    private static List<String> order(Proposal trial) {
        String first = String.valueOf(trial.canary().get("node"));
        List<String> order = new ArrayList<>(List.of(first));
        NAMES.stream().filter(name -> !name.equals(first)).forEach(order::add);
        return order;
    }

    /** Gives the trial the goals after which it leaves its first node, until it stands there. */
    private void untilReached(Proposal trial, List<String> expected) {
        TestNode first = nodes.get(expected.get(0));
        for (int goal = 0; reached(trial.id()).size() < expected.size() && goal < 100_000; goal++) {
            first.call("fixture", "goal " + goal);
        }
        assertThat(reached(trial.id())).isEqualTo(expected);
    }

    private List<String> reached(String id) {
        Object reached = Canary.stored(find(id)).getOrDefault("reached", List.of());
        return ((List<?>) reached).stream().map(String::valueOf).toList();
    }

    private TestNode some() {
        return nodes.values().iterator().next();
    }

    private String error(String name) {
        Node node = cluster.get(name);
        return node == null || node.error().startsWith("the release is being applied") ? "" : node.error();
    }

    private void runs(String name, String version) {
        TestNode node = nodes.get(name);
        Waiting.until(() -> node.call("fixture", "g").endsWith(version), () -> node.routes()
                .all());
    }

    private int versions(String name) {
        return nodes.get(name).routes().of("Agent", "fixture").size();
    }

    private boolean wide(String id) {
        return Boolean.TRUE.equals(Canary.stored(find(id)).get("wide"));
    }

    private Proposal find(String id) {
        return some().evolution().find(id).orElseThrow();
    }

    private Proposal await(String id, Status status) {
        Waiting.until(() -> find(id).status() == status, () -> find(id));
        return find(id);
    }

    private Proposal onTrial(byte[] jar) {
        NewProposal wanted = new NewProposal(
                Kind.BUNDLE,
                "A new version",
                "",
                Map.of(),
                Optional.empty(),
                Optional.of(new ByteArrayInputStream(jar)),
                Optional.empty());
        String id = some().evolution().propose(ADA, wanted).id();
        some().decide(await(id, Status.READY).approvalId(), Approval.Status.APPROVED);
        return await(id, Status.CANARY);
    }

    private Proposal promoted(byte[] jar) {
        return some().evolution().promote(GRACE, onTrial(jar).id());
    }

    /** The bytes as a node gets them: late when it is held, and on one node some are not what their digest says. */
    private final class Bytes implements Payloads {

        private final String node;

        Bytes(String node) {
            this.node = node;
        }

        @Override
        public String put(Tx tx, InputStream bytes, @Nullable Instant expires) {
            return store.put(tx, bytes, expires);
        }

        @Override
        public Optional<InputStream> open(String digest) {
            CountDownLatch hold = held.get(node);
            if (hold != null) {
                Waiting.until(() -> hold.getCount() == 0, () -> node + " is held");
            }
            byte[] other = node.equals("three") ? forged.get(digest) : null;
            return other == null ? store.open(digest) : Optional.of(new ByteArrayInputStream(other));
        }

        @Override
        public void erase(Tx tx, String digest) {
            store.erase(tx, digest);
        }
    }

    /** Somebody who calls on every node all the time. */
    private final class Callers implements AutoCloseable {

        private final List<Thread> threads = new ArrayList<>();
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private volatile boolean stopped;

        Callers() {
            nodes.forEach((name, node) -> {
                Thread thread = new Thread(() -> call(name, node), "caller-" + name);
                threads.add(thread);
                thread.start();
            });
        }

        private void call(String name, TestNode node) {
            for (int goal = 0; !stopped; goal++) {
                String said = node.call("fixture", name + goal % 7);
                if (!said.startsWith("echo: hello ")) {
                    faults.add(name + ": " + said);
                }
            }
        }

        Queue<String> faults() {
            return faults;
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
