/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.business.Playbook;
import ai.king.business.PlaybookReader;
import ai.king.business.PlaybookRefused;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Released;
import ai.king.gate.Approval;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals that bring no code, through the whole pipeline. */
class ContentProposalTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final Identity ADA = new Identity("ada", Set.of(Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));
    private static final String PATCH =
            """
            diff --git a/terraform/main.tf b/terraform/main.tf
            new file mode 100644
            --- /dev/null
            +++ b/terraform/main.tf
            @@ -0,0 +1,3 @@
            +variable "nodes" {
            +  default = 3
            +}
            """;

    private static final PlugSource BACKEND = new PlugSource("ai.king.inference.fixture", "1.0.0")
            .source(
                    "FixtureBackend",
                    """
                    package ai.king.inference.fixture;
                    import ai.king.inference.*;
                    import java.util.*;
                    import org.osgi.service.component.annotations.*;
                    @Component(configurationPid = "ai.king.inference.fixture", configurationPolicy = ConfigurationPolicy.REQUIRE)
                    @BackendName("ours")
                    public final class FixtureBackend implements InferenceBackend {
                        @Override public Reply chat(Prompt prompt, Listener listener) { return null; }
                        @Override public List<float[]> embed(List<String> texts) { return List.of(); }
                        @Override public BackendStatus status() { return null; }
                    }
                    """);

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(
                plugs.resolve("fixture.jar"),
                PlugSource.echo(PLUG, "fixture", "1.0.0").jar());
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "# prefix = echo: \n");
        Files.write(plugs.resolve("backend.jar"), BACKEND.jar());
        Files.writeString(plugs.resolve("ai.king.inference.fixture.cfg"), "");
        Files.writeString(
                Files.createDirectories(work.resolve("playbooks")).resolve("small.yaml"), "name: small\nsteps: 1\n");
        Files.writeString(work.resolve("playbooks/not a playbook.yaml"), "");
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(new FakeJail());
        node.framework().context().registerService(Inferences.class, new Served("ours", "base", "tone", "law"), null);
        node.framework().context().registerService(PlaybookReader.class, ContentProposalTest::read, null);
        node.awaitApplied(1);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aPatchOfTheInfrastructureIsHandedOutAfterTheVoteAndNeverApplied() {
        Proposal ready =
                await(propose(Kind.INFRASTRUCTURE, Map.of("patch", PATCH)).id(), Status.READY);
        assertThat(ready.risk()).isEqualTo("HIGH");
        Approval question = approvals.find(ready.approvalId()).orElseThrow();
        assertThat(question.type()).isEqualTo(Approval.Type.SYSTEM);
        assertThat(question.description())
                .contains("terraform/main.tf: add")
                .contains("    +  default = 3")
                .contains("NOT_ASSESSED applies");
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        Proposal done = await(ready.id(), Status.COMPLETED);
        assertThat(done.reason()).contains("handed out");
        assertThat(evolution().pointer().permanent()).isEqualTo(2);
        assertThat(evolution().release(2).orElseThrow().items())
                .isEqualTo(evolution().release(1).orElseThrow().items());
        assertThat(evolution().accepted(null, 1).items())
                .extracting(Accepted::proposalId)
                .containsExactly(done.id());
        assertThatThrownBy(() -> evolution().rollback(GRACE, done.id()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing of it was applied");
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 1.0.0");
        assertThat(evolution().history(done.id()))
                .extracting(entry -> entry.get("action"))
                .containsSubsequence("proposal.draft", "proposal.ready", "proposal.approved", "proposal.completed");
    }

    @Test
    void aPatchWithASecretOrOfAnotherFolderFails() {
        Map<String, Object> secret = Map.of(
                "patch",
                PATCH.replace("default = 3", "password = \"correct horse battery\"")
                        .replace(" horse ", "-"));
        assertThat(await(propose(Kind.INFRASTRUCTURE, secret).id(), Status.FAILED)
                        .reason())
                .contains("secrets: line 7 holds a secret");
        Map<String, Object> elsewhere = Map.of("patch", PATCH.replace("terraform/main.tf", "etc/passwd"));
        assertThat(await(propose(Kind.INFRASTRUCTURE, elsewhere).id(), Status.FAILED)
                        .reason())
                .contains("etc/passwd is no path under terraform/");
        assertThatThrownBy(() -> propose(Kind.INFRASTRUCTURE, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("change.patch");
    }

    @Test
    void aShareOfAnAdapterIsTriedByShareOfTheGoalsPromotedAndPutBack() {
        Proposal ready = await(model("ours", "tone", 40).id(), Status.READY);
        assertThat(ready.risk()).isEqualTo("MEDIUM");
        assertThat(approvals.find(ready.approvalId()).orElseThrow().description())
                .contains("its adapter tone would get 40 % (now: none)")
                .contains("PASS adapter: ours serves it");
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> shared() > 0, this::shared);
        assertThat(shared()).isBetween(50, 150);
        evolution().promote(GRACE, ready.id());
        Waiting.until(() -> shared() == 1_000, this::shared);
        String second = model("ours", "tone", 70).id();
        goLive(second);
        Waiting.until(() -> weight("g").equals(List.of(70)), () -> weight("g"));
        evolution().rollback(GRACE, second);
        Waiting.until(() -> weight("g").equals(List.of(40)), () -> weight("g"));
        evolution().rollback(GRACE, ready.id());
        Waiting.until(() -> shared() == 0, this::shared);
        long now = evolution().pointer().permanent();
        assertThat(evolution().release(now).orElseThrow().items())
                .isEqualTo(evolution().release(1).orElseThrow().items());
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 1.0.0");
    }

    @Test
    void anAdapterThatFailsIsUndoneByRule() {
        Proposal ready = await(model("ours", "tone", 100).id(), Status.READY);
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> shared() > 0, this::shared);
        Released released = node.released();
        for (int goal = 0; goal < 400; goal++) {
            boolean onTrial = !released.items("Model", "goal " + goal).isEmpty();
            released.count("Model", "ours", "goal " + goal, 1_000_000, onTrial);
            released.count("Model", "other", "goal " + goal, 1_000_000, true);
        }
        assertThat(await(ready.id(), Status.ROLLED_BACK).reason()).contains("error rate");
        Waiting.until(() -> shared() == 0, this::shared);
    }

    @Test
    void refusesAdaptersAndBackendsThatAreNotThere() {
        assertThat(await(model("ours", "poem", 10).id(), Status.FAILED).reason())
                .contains("adapter: the backend ours serves no poem: it serves [base, tone, law]");
        assertThat(await(model("theirs", "tone", 10).id(), Status.FAILED).reason())
                .contains("no backend theirs is in the release: there are [ours]");
        goLive(model("ours", "tone", 60).id());
        assertThat(await(model("ours", "law", 50).id(), Status.FAILED).reason())
                .contains("would have 110 % of its goals together");
        assertThat(await(model("ours", "tone", 60).id(), Status.FAILED).reason())
                .contains("it changes nothing");
        for (Object weight : new Object[] {101, -1, 0.5, "10", ""}) {
            assertThatThrownBy(
                            () -> propose(Kind.MODEL, Map.of("backend", "ours", "adapter", "tone", "weight", weight)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("change.weight");
        }
        assertThatThrownBy(() -> model("ours", "../tone", 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlaybookOfTheDistributionChangesForAShareOfTheRunsThenForAll() {
        assertThat(steps("run")).isEqualTo("name: small\nsteps: 1\n");
        Proposal ready = await(playbook("small", "name: small\nsteps: 2\n").id(), Status.READY);
        assertThat(ready.risk()).isEqualTo("LOW");
        assertThat(approvals.find(ready.approvalId()).orElseThrow().description())
                .contains("The playbook small changes:")
                .contains("    -steps: 1")
                .contains("    +steps: 2")
                .contains("PASS playbook: 0 stages, 0 steps, may spend 7 in all");
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> changed() > 0, this::changed);
        assertThat(changed()).isBetween(50, 150);
        evolution().promote(GRACE, ready.id());
        Waiting.until(() -> changed() == 1_000, this::changed);
        assertThat(node.released().items("Playbook", "run").get(0).bundleVersion())
                .isEqualTo("2");
        String second = playbook("other", "name: other\n").id();
        goLive(second);
        Waiting.until(() -> node.released().items("Playbook", "run").size() == 2, () -> find(second));
        evolution().rollback(GRACE, ready.id());
        Waiting.until(() -> changed() == 0, this::changed);
        assertThat(node.released().items("Playbook", "run")).hasSize(2);
        assertThat(evolution().accepted(null, 1).items())
                .extracting(Accepted::title)
                .containsExactly("Roll back: A change");
    }

    @Test
    void aPlaybookThatCannotBeReadFailsWithItsLine() {
        assertThat(await(playbook("small", "name: small\nagents: nobody\n").id(), Status.FAILED)
                        .reason())
                .isEqualTo("playbook: line 2: there is no agent nobody");
        assertThat(await(playbook("small", "name: small\nsteps: 1\n").id(), Status.FAILED)
                        .reason())
                .contains("it changes nothing");
        assertThatThrownBy(() -> playbook("Not Good", "a: 1")).hasMessageContaining("change.id");
        assertThatThrownBy(() -> playbook("long", "x".repeat(70_000))).hasMessageContaining("change.yaml");
    }

    @Test
    void aBusinessRuleIsTriedAsAGenerationOfItsAgentPromotedAndPutBack() {
        Proposal ready =
                await(playbook("echo_rules", rules("    prefix: 'said: '\n")).id(), Status.READY);
        assertThat(ready.risk()).isEqualTo("LOW");
        assertThat(approvals.find(ready.approvalId()).orElseThrow().description())
                .contains("Business rules of ai.king.agent.fixture/fixture:")
                .contains("-(built in)")
                .contains("+said: ")
                .contains("PASS texts: 1 values");
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> node.routes().of("Agent", "fixture").size() == 2, () -> node.routes()
                .all());
        evolution().promote(GRACE, ready.id());
        Waiting.until(() -> node.call("fixture", "g").startsWith("said: hello"), () -> node.call("fixture", "g"));
        evolution().rollback(GRACE, ready.id());
        Waiting.until(() -> node.call("fixture", "g").startsWith("echo: hello"), () -> node.call("fixture", "g"));
        long now = evolution().pointer().permanent();
        assertThat(evolution().release(now).orElseThrow().items())
                .containsExactlyInAnyOrderElementsOf(
                        evolution().release(1).orElseThrow().items());
    }

    @Test
    void rulesAndPromptsAreRefusedWithLineAndReason() {
        assertThat(await(playbook("r", rules("    prefix: a\n    nothing: 1\n")).id(), Status.FAILED)
                        .reason())
                .isEqualTo("texts: line 6: nothing is no option of ai.king.agent.fixture");
        assertThat(await(playbook("r", rules("    times: many\n")).id(), Status.FAILED)
                        .reason())
                .contains("texts: line 5: times must be a number");
        assertThat(await(
                                playbook("p", rules("    prefix: a\n").replace("rules:", "prompts:"))
                                        .id(),
                                Status.FAILED)
                        .reason())
                .contains("line 5: prefix is no prompt");
        assertThatThrownBy(() -> playbook("r", "rules:\n  plug: a\n  level: 1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: there is no key level, only plug, name and values");
        assertThatThrownBy(() -> playbook("r", "rules:\n  plug: !!java.io.File a\n"))
                .hasMessageContaining("line 2: Global tag is not allowed");
        assertThatThrownBy(() -> playbook("r", "rules: {}\nstages: []\n")).hasMessageContaining("nothing beside them");
    }

    @Test
    void neitherTheGateNorAnotherFamilyHasRules() {
        for (String plug : List.of("ai.king.engine.gate", "ai.king.engine.evolution", "risk_profiles")) {
            String yaml = rules("    maxSpend: 1\n").replace(PLUG, plug);
            assertThat(await(playbook("r", yaml).id(), Status.FAILED).reason())
                    .contains("no plug " + plug + "/fixture is in the release");
        }
        String backend = "rules:\n  plug: ai.king.inference.fixture\n  name: ours\n  values:\n    a: 1\n";
        assertThat(await(playbook("r", backend).id(), Status.FAILED).reason())
                .contains(
                        "business rules are of agents: ai.king.inference.fixture/ours is of the family InferenceBackend");
    }

    private static String rules(String values) {
        return "rules:\n  plug: " + PLUG + "\n  name: fixture\n  values:\n" + values;
    }

    @Test
    void aPlaybookThatCameWithALaterDistributionIsProposedOnceToADatabaseThatHadItsFirstRelease() throws IOException {
        goLive(playbook("small", "name: small\nsteps: 2\n").id());
        node.close();
        Files.writeString(work.resolve("playbooks/later.yaml"), "name: later\n");
        Files.writeString(work.resolve("playbooks/small.yaml"), "name: small\nsteps: 7\n");
        restart("two");
        Waiting.until(() -> shipped().size() == 1, this::shipped);
        Proposal later = shipped().get(0);
        assertThat(later.change()).containsEntry("id", "later");
        assertThat(later.author()).isEqualTo("distribution");
        goLive(later.id());
        Waiting.until(() -> node.released().items("Playbook", "run").size() == 2, () -> node.released()
                .items("Playbook", "run"));
        node.close();
        restart("three");
        Waiting.until(() -> node.released().items("Playbook", "run").size() == 2, this::shipped);
        await(playbook("other", "name: other\n").id(), Status.READY);
        assertThat(shipped()).as("neither again, nor what people changed").hasSize(1);
    }

    private void restart(String folder) {
        node = new TestNode(work.resolve(folder), work.resolve("plugs"), store, new FakeNodes("one"), approvals)
                .start(new FakeJail());
        node.framework().context().registerService(PlaybookReader.class, ContentProposalTest::read, null);
        long now = store.read(reader -> Releases.pointer(reader).orElseThrow().permanent());
        node.awaitApplied(now);
    }

    private List<Proposal> shipped() {
        return store
                .read(reader ->
                        reader.list(ai.king.store.Query.of(Proposal.class).where("author", NewerDistribution.AUTHOR)))
                .stream()
                .toList();
    }

    /** Stands for the reader: what names an agent that is not there is refused. */
    private static Playbook read(String text, Predicate<String> agent) {
        if (!agent.test("fixture") || text.contains("agents:")) {
            throw new PlaybookRefused(List.of(new PlaybookRefused.Fault(2, "there is no agent nobody")));
        }
        return new Playbook("small", "small", "", BigDecimal.valueOf(7), List.of(), List.of());
    }

    private Proposal playbook(String id, String yaml) {
        return propose(Kind.PLAYBOOK, Map.of("id", id, "yaml", yaml));
    }

    private String steps(String run) {
        return node.released().items("Playbook", run).stream()
                .filter(item -> item.name().equals("small"))
                .map(item -> String.valueOf(item.values().get("yaml")))
                .findFirst()
                .orElse("");
    }

    /** Of 1,000 runs those that would begin with the new playbook. */
    private int changed() {
        return (int) IntStream.range(0, 1_000)
                .filter(run -> steps("run " + run).contains("steps: 2"))
                .count();
    }

    private Proposal find(String id) {
        return evolution().find(id).orElseThrow();
    }

    private Proposal model(String backend, String adapter, int weight) {
        return propose(Kind.MODEL, Map.of("backend", backend, "adapter", adapter, "weight", weight));
    }

    /** Of 1,000 goals those that see a share. */
    private int shared() {
        return (int) IntStream.range(0, 1_000)
                .filter(goal -> !weight("goal " + goal).isEmpty())
                .count();
    }

    private List<Object> weight(String goal) {
        return node.released().items("Model", goal).stream()
                .map(item -> item.values().get("weight"))
                .toList();
    }

    private void goLive(String id) {
        node.decide(await(id, Status.READY).approvalId(), Approval.Status.APPROVED);
        await(id, Status.CANARY);
        evolution().promote(GRACE, id);
    }

    /** One backend that serves these models. */
    private static final class Served implements Inferences {

        private final Backend backend;

        Served(String name, String... models) {
            backend = new Backend(name, name, List.of(models), "UP", 0, "well", 0, BigDecimal.ZERO);
        }

        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            return new Reply.Unavailable("not asked here", false, Optional.empty());
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return Optional.empty();
        }

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public List<Backend> backends() {
            return List.of(backend);
        }
    }

    private Evolution evolution() {
        return node.evolution();
    }

    private Proposal propose(Kind kind, Map<String, Object> change) {
        return evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                kind, "A change", "why", change, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Proposal await(String id, Status status) {
        Waiting.until(() -> evolution().find(id).orElseThrow().status() == status, () -> evolution()
                .find(id));
        return evolution().find(id).orElseThrow();
    }
}
