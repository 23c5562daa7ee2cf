/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.engine.store.TestDatabase;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proposals on real databases: two nodes share one. */
class ProposalStoreTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] ONE = PlugSource.echo(PLUG, "fixture", "1.0.0").jar();
    private static final byte[] TWO = PlugSource.echo(PLUG, "fixture", "2.0.0").jar();
    private static final Identity ADA = new Identity("ada", Set.of(Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));

    private final Map<TestDatabase, FakeApprovals> approvals = new HashMap<>();

    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource
    void twoNodesOnOneDatabaseGoLiveAndBack(TestDatabase.Kind kind) throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugs.resolve("fixture.jar"), ONE);
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "prefix = first \n");
        ConcurrentSkipListMap<String, ai.king.cluster.Node> cluster = new ConcurrentSkipListMap<>();
        try (TestDatabase database = kind.open();
                TestNode one = node(database, plugs, "one", cluster);
                TestNode two = node(database, plugs, "two", cluster)) {
            one.awaitApplied(1);
            two.awaitApplied(1);
            List<Item> before = one.evolution().release(1).orElseThrow().items();
            String id = one.evolution()
                    .propose(
                            ADA,
                            new NewProposal(
                                    Kind.BUNDLE,
                                    "A new version",
                                    "",
                                    Map.of(),
                                    Optional.empty(),
                                    Optional.of(new ByteArrayInputStream(TWO)),
                                    Optional.empty()))
                    .id();
            Proposal ready = await(two, id, Status.READY);
            assertThat(ready.origin()).isEqualTo(Proposal.Origin.DEVELOPER);
            one.decide(ready.approvalId(), Approval.Status.APPROVED);
            await(one, id, Status.CANARY);
            two.evolution().promote(GRACE, id);
            awaitAnswer(one, "first hello 2.0.0");
            awaitAnswer(two, "first hello 2.0.0");
            one.evolution().rollback(GRACE, id);
            awaitAnswer(two, "first hello 1.0.0");
            awaitAnswer(one, "first hello 1.0.0");
            long now = two.evolution().pointer().permanent();
            assertThat(two.evolution().release(now).orElseThrow().items()).isEqualTo(before);
            assertThat(two.evolution().releases(null, 10).items()).hasSize(3);
        }
    }

    private TestNode node(TestDatabase database, Path plugs, String name, Map<String, ai.king.cluster.Node> cluster) {
        return new TestNode(
                        work.resolve(name),
                        plugs,
                        database.store(),
                        database.payloads(),
                        new FakeStore(),
                        new FakeNodes(name, cluster),
                        approvals.computeIfAbsent(database, key -> new FakeApprovals(database.store())))
                .start(new FakeJail());
    }

    private static Proposal await(TestNode node, String id, Status status) {
        Waiting.until(() -> node.evolution().find(id).orElseThrow().status() == status, () -> node.evolution()
                .find(id));
        return node.evolution().find(id).orElseThrow();
    }

    private static void awaitAnswer(TestNode node, String answer) {
        Waiting.until(() -> node.call("fixture", "g").equals(answer), () -> node.routes()
                .all());
    }
}
