/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import ai.king.gate.Controls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes of a platform that a person pauses in the middle of what changes it. */
class PausedRolloutTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final Identity ADA = new Identity("ada", Set.of(Role.ADMIN, Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));
    private static final long LOOKS = 12;

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private final ConcurrentMap<String, Node> cluster = new ConcurrentSkipListMap<>();
    private final SortedMap<String, TestNode> nodes = new TreeMap<>();
    private final SortedMap<String, Switch> switches = new TreeMap<>();
    private volatile boolean paused;

    @BeforeEach
    void boot() throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugs.resolve("fixture.jar"), jar("1.0.0"));
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "");
        for (String name : List.of("one", "three", "two")) {
            TestNode node = new TestNode(work.resolve(name), plugs, store, new FakeNodes(name, cluster), approvals);
            switches.put(name, new Switch());
            node.framework().context().registerService(Controls.class, switches.get(name), null);
            nodes.put(name, node.start(new FakeJail()));
        }
        nodes.values().forEach(node -> node.awaitApplied(1));
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(TestNode::close);
    }

    private static byte[] jar(String version) {
        return PlugSource.echo(PLUG, "fixture", version).jar();
    }

    @Test
    void aPausedPlatformStartsNoTrialAndGoesOnWhenItIsResumed() {
        Proposal ready = await(propose("2.0.0"), Status.READY);
        pause();
        some().decide(ready.approvalId(), Approval.Status.APPROVED);
        String draft = propose("3.0.0");
        looks();
        assertThat(find(ready.id()).status()).isEqualTo(Status.APPROVED);
        assertThat(some().evolution().pointer().trial())
                .as("nothing is installed for a trial")
                .isNull();
        assertThat(find(draft).status()).as("nothing is checked").isEqualTo(Status.DRAFT);
        paused = false;
        await(ready.id(), Status.CANARY);
        await(draft, Status.READY);
    }

    @Test
    void aRolloutStandsStillBetweenTwoNodesWhileThePlatformIsPausedAndGoesOnAfterwards() {
        Proposal trial = onTrial("2.0.0");
        String first = String.valueOf(trial.canary().get("node"));
        pause();
        assertThatThrownBy(() -> some().evolution().promote(GRACE, trial.id()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("paused");
        paused = false;
        some().evolution().promote(GRACE, trial.id());
        pause();
        runs(first, "2.0.0");
        looks();
        List<String> reached = reached(trial.id());
        assertThat(reached)
                .as("one node has it, the others wait their turn")
                .contains(first)
                .hasSizeLessThan(3);
        looks();
        assertThat(reached(trial.id())).isEqualTo(reached);
        nodes.forEach((name, node) -> runs(name, reached.contains(name) ? "2.0.0" : "1.0.0"));
        paused = false;
        nodes.keySet().forEach(name -> runs(name, "2.0.0"));
        Waiting.until(() -> some().evolution().pointer().former() == 0, () -> find(trial.id()));
    }

    @Test
    void aTrialLeavesItsFirstNodeForNoOtherWhileThePlatformIsPausedAndCanBeAborted() {
        Proposal trial = onTrial("2.0.0");
        String first = String.valueOf(trial.canary().get("node"));
        pause();
        for (int goal = 0; goal < 1_000; goal++) {
            nodes.get(first).call("fixture", "goal " + goal);
        }
        looks();
        assertThat(reached(trial.id()))
                .as("enough goals for more nodes, but it is paused")
                .hasSizeLessThan(2);
        some().evolution().abort(GRACE, trial.id());
        nodes.keySet().forEach(name -> runs(name, "1.0.0"));
        assertThat(find(trial.id()).status()).isEqualTo(Status.ROLLED_BACK);
    }

    /** As when it was told to all nodes: whoever asked before has done what it then began. */
    private void pause() {
        paused = true;
        looks();
    }

    /** Every node has looked at what is to be done, several times. */
    private void looks() {
        Map<String, Long> before = new TreeMap<>();
        switches.forEach((name, one) -> before.put(name, one.asked.get()));
        switches.forEach((name, one) ->
                Waiting.until(() -> one.asked.get() >= before.getOrDefault(name, 0L) + LOOKS, () -> name));
    }

    private List<String> reached(String id) {
        Object reached = Canary.stored(find(id)).getOrDefault("reached", List.of());
        return ((List<?>) reached).stream().map(String::valueOf).toList();
    }

    private void runs(String name, String version) {
        TestNode node = nodes.get(name);
        Waiting.until(() -> node.call("fixture", "g").endsWith(version), () -> node.routes()
                .all());
    }

    private TestNode some() {
        return nodes.get("one");
    }

    private Proposal find(String id) {
        return some().evolution().find(id).orElseThrow();
    }

    private Proposal await(String id, Status status) {
        Waiting.until(() -> find(id).status() == status, () -> find(id));
        return find(id);
    }

    private String propose(String version) {
        NewProposal wanted = new NewProposal(
                Kind.BUNDLE,
                "A new version",
                "",
                Map.of(),
                Optional.empty(),
                Optional.of(new ByteArrayInputStream(jar(version))),
                Optional.empty());
        return some().evolution().propose(ADA, wanted).id();
    }

    private Proposal onTrial(String version) {
        String id = propose(version);
        some().decide(await(id, Status.READY).approvalId(), Approval.Status.APPROVED);
        return await(id, Status.CANARY);
    }

    /** The switch as one node reads it. */
    private final class Switch implements Controls {

        private final AtomicLong asked = new AtomicLong();

        @Override
        public void pause(Identity by) {
            paused = true;
        }

        @Override
        public void resume(Identity by) {
            paused = false;
        }

        @Override
        public boolean paused() {
            asked.incrementAndGet();
            return paused;
        }

        @Override
        public Optional<Approval> activate(Identity by, String profile) {
            return Optional.empty();
        }
    }
}
