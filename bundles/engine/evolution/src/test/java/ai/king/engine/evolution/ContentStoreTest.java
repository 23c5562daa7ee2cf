/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.business.Playbook;
import ai.king.business.PlaybookReader;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.engine.store.TestDatabase;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proposals without code on real databases: two nodes share one. */
class ContentStoreTest {

    private static final Identity ADA = new Identity("ada", Set.of(Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));
    private static final String PATCH = "--- /dev/null\n+++ b/terraform/new.tf\n@@ -0,0 +1 @@\n+# \u00e9 new\n";

    @TempDir
    Path work;

    private final ConcurrentSkipListMap<String, ai.king.cluster.Node> cluster = new ConcurrentSkipListMap<>();
    private Path plugs;

    @BeforeEach
    void distribution() throws IOException {
        plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(
                plugs.resolve("fixture.jar"),
                PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0").jar());
        Files.writeString(plugs.resolve("ai.king.agent.fixture.cfg"), "");
        Files.writeString(
                Files.createDirectories(work.resolve("playbooks")).resolve("small.yaml"), "name: \u00e9 one\n");
    }

    @ParameterizedTest
    @EnumSource
    void aPlaybookBeginsOnOneNodeAndGoesOnOnBothAndAPatchIsInTheHistoryOfBoth(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            FakeApprovals approvals = new FakeApprovals(database.store());
            try (TestNode one = node(database, approvals, "one");
                    TestNode two = node(database, approvals, "two")) {
                one.awaitApplied(1);
                two.awaitApplied(1);
                List<Item> before = one.evolution().release(1).orElseThrow().items();
                String id = propose(one, Kind.PLAYBOOK, Map.of("id", "small", "yaml", "name: \u00e9 two\n"));
                approve(one, id);
                Proposal trial = await(two, id, Status.CANARY);
                boolean first = "one".equals(String.valueOf(trial.canary()).replaceAll(".*node=(\\w+).*", "$1"));
                TestNode here = first ? one : two;
                TestNode there = first ? two : one;
                Waiting.until(() -> fresh(here) > 0, () -> fresh(here));
                assertThat(fresh(here)).isLessThan(300);
                assertThat(fresh(there)).isZero();
                there.evolution().promote(GRACE, id);
                Waiting.until(() -> fresh(one) + fresh(two) == 2_000, () -> fresh(one) + fresh(two));
                here.evolution().rollback(GRACE, id);
                Waiting.until(() -> fresh(one) + fresh(two) == 0, () -> fresh(one) + fresh(two));
                long now = two.evolution().pointer().permanent();
                assertThat(two.evolution().release(now).orElseThrow().items())
                        .containsExactlyInAnyOrderElementsOf(before);
                String patch = propose(two, Kind.INFRASTRUCTURE, Map.of("patch", PATCH));
                approve(two, patch);
                assertThat(await(one, patch, Status.COMPLETED).change()).containsEntry("patch", PATCH);
                List<Accepted> history = one.evolution().accepted(null, 10).items();
                assertThat(history).extracting(Accepted::proposalId).startsWith(patch, id, id);
                assertThat(two.evolution().accepted(null, 10).items()).isEqualTo(history);
            }
        }
    }

    private TestNode node(TestDatabase database, FakeApprovals approvals, String name) {
        TestNode node = new TestNode(
                        work.resolve(name),
                        plugs,
                        database.store(),
                        database.payloads(),
                        new FakeStore(),
                        new FakeNodes(name, cluster),
                        approvals)
                .start(new FakeJail());
        Playbook any = new Playbook("any", "any", "", BigDecimal.ONE, List.of(), List.of());
        PlaybookReader reader = (text, agent) -> any;
        node.framework().context().registerService(PlaybookReader.class, reader, null);
        return node;
    }

    private static String propose(TestNode node, Kind kind, Map<String, Object> change) {
        return node.evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                kind, "A change", "", change, Optional.empty(), Optional.empty(), Optional.empty()))
                .id();
    }

    private static void approve(TestNode node, String id) {
        node.decide(await(node, id, Status.READY).approvalId(), Approval.Status.APPROVED);
    }

    private static Proposal await(TestNode node, String id, Status status) {
        Waiting.until(() -> node.evolution().find(id).orElseThrow().status() == status, () -> node.evolution()
                .find(id));
        return node.evolution().find(id).orElseThrow();
    }

    /** Of 1,000 runs those that would begin with the new playbook. */
    private static int fresh(TestNode node) {
        return (int) IntStream.range(0, 1_000)
                .filter(run -> node.released().items("Playbook", "run " + run).stream()
                        .anyMatch(item -> item.values().containsValue("name: \u00e9 two\n")))
                .count();
    }
}
