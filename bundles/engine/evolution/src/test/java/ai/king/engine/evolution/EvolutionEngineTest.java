/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.git.Repository;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.ToolSource;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.plug.Route;
import ai.king.store.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals through a real framework, with plugs built from source. */
class EvolutionEngineTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] ONE = PlugSource.echo(PLUG, "fixture", "1.0.0").jar();
    private static final byte[] TWO = PlugSource.echo(PLUG, "fixture", "2.0.0").jar();
    private static final byte[] FAULTY = PlugSource.echo(
                    PLUG, "fixture", "2.1.0", "if (prefix != null) throw new IllegalStateException();")
            .jar();
    private static final Identity ADA = new Identity("ada", Set.of(Role.ADMIN, Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private final FakeJail jail = new FakeJail();
    private Path plugs;
    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugs.resolve("fixture.jar"), ONE);
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "# prefix = echo: \n");
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(jail);
        node.awaitApplied(1);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aBundleGoesLiveThroughApprovalAndTrialAndBackAgain() {
        List<Item> before = store.read(reader -> Releases.permanent(reader).items());
        Proposal ready = await(propose(TWO).id(), Status.READY);
        assertThat(ready.findings())
                .extracting(Finding::check)
                .containsExactly(
                        "manifest",
                        "baseline",
                        "resolution",
                        "bytecode",
                        "reaches",
                        "licences",
                        "osv",
                        "contract",
                        "sandbox",
                        "tests",
                        "replay");
        assertThat(ready.findings())
                .filteredOn(finding -> !Evidence.SHOWN.contains(finding.check()))
                .extracting(Finding::verdict)
                .containsOnly(Verdict.PASS);
        assertThat(ready.risk()).isEqualTo("MEDIUM");
        assertThat(ready.confidence()).isEqualByComparingTo("1");
        Approval question = approvals.find(ready.approvalId()).orElseThrow();
        assertThat(question.payload()).containsEntry("bundles", List.of(store.keep(TWO)));
        assertThat(question.proposer()).isEqualTo("ada");
        approve(ready);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> weight("2.0.0") == 10, () -> node.routes().all());
        assertThat(node.call("fixture", "some goal")).startsWith("echo: hello");
        assertThatThrownBy(() -> evolution().promote(ADA, ready.id())).isInstanceOf(IllegalStateException.class);
        evolution().promote(GRACE, ready.id());
        assertThat(await(ready.id(), Status.COMPLETED).release()).isEqualTo(2);
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 2.0.0"), () -> node.routes()
                .all());
        evolution().rollback(GRACE, ready.id());
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());
        assertThat(await(ready.id(), Status.ROLLED_BACK).reason()).contains("grace");
        List<Item> now = store.read(reader -> Releases.permanent(reader).items());
        assertThat(now).isEqualTo(before);
        assertThat(store.events())
                .contains("bundle.started", "evolution.ready", "evolution.canary", "evolution.rolled_back");
        assertThat(evolution().history(ready.id()))
                .extracting(entry -> entry.get("action"))
                .containsSubsequence(
                        "proposal.draft",
                        "proposal.validating",
                        "proposal.ready",
                        "proposal.approved",
                        "proposal.staged",
                        "proposal.canary",
                        "proposal.completed",
                        "proposal.rolled_back");
    }

    @Test
    void waitsForAJailAndGoesOnByItself() {
        jail.there(false);
        String id = propose(TWO).id();
        Waiting.until(() -> find(id).reason().contains("apt-get install bubblewrap"), () -> find(id));
        assertThat(find(id).status()).isEqualTo(Status.DRAFT);
        jail.there(true);
        await(id, Status.READY);
    }

    @Test
    void refusesAVersionThatRanBefore() {
        assertThat(failure(PlugSource.echo(PLUG, "fixture", "1.0.0", "int other = 1;")
                        .jar()))
                .contains("baseline: version 1.0.0 is not higher than 1.0.0");
    }

    @Test
    void refusesWhatIsNoBundle() {
        assertThat(failure("not a zip at all, but quite long".getBytes(StandardCharsets.UTF_8)))
                .startsWith("manifest: it is no");
    }

    @Test
    void refusesAnAgentThatReachesForTheFrameworkOrTheSystem() {
        byte[] jar = PlugSource.echo(PLUG, "fixture", "3.0.0", "System.exit(3);")
                .header("Import-Package", "org.osgi.framework,*")
                .header("DynamicImport-Package", "*")
                .jar();
        assertThat(failure(jar))
                .contains("org.osgi.framework")
                .contains("DynamicImport-Package")
                .contains("java.lang.System.exit in perform, line ")
                .contains("What to change: the named lines");
    }

    @Test
    void refusesWhatDoesNotResolveHere() {
        byte[] jar = PlugSource.echo(PLUG, "fixture", "3.0.0")
                .header("Require-Capability", "osgi.implementation;filter:=\"(osgi.implementation=king.absent)\"")
                .jar();
        assertThat(failure(jar)).contains("resolution: nothing here provides").contains("king.absent");
    }

    @Test
    void refusesWhatFailsInTheJail() {
        jail.verdict(Verdict.FAIL);
        assertThat(failure(TWO)).contains("contract");
    }

    @Test
    void aNewAgentLivesInTheJail() {
        String id = propose(
                        PlugSource.echo("ai.king.agent.guest", "guest", "1.0.0").jar())
                .id();
        goLive(id);
        Waiting.until(() -> node.call("guest", "g").equals("jailed "), () -> node.routes()
                .all());
        assertThat(jail.houses()).isEqualTo(1);
        evolution().rollback(GRACE, id);
        Waiting.until(() -> node.routes().of("Agent", "guest").isEmpty(), () -> node.routes()
                .all());
        // Calls go elsewhere first; then the house is closed.
        Waiting.until(() -> jail.houses() == 0, jail::houses);
    }

    @Test
    void anAgentThatAsksForThePlatformIsCritical() {
        byte[] jar = PlugSource.echo("ai.king.agent.guest", "guest", "1.0.0").jar();
        Proposal proposal = evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                Kind.BUNDLE,
                                "Guest",
                                "",
                                Map.of(),
                                Optional.of("platform"),
                                Optional.of(new ByteArrayInputStream(jar)),
                                Optional.empty()));
        Proposal ready = await(proposal.id(), Status.READY);
        assertThat(ready.risk()).isEqualTo("CRITICAL");
        assertThat(approvals.find(ready.approvalId()).orElseThrow().type()).isEqualTo(Approval.Type.SYSTEM);
    }

    @Test
    void aConfigurationBecomesANewGenerationOfTheSameJar() {
        Map<String, Object> values = new HashMap<>();
        values.put("prefix", "louder: ");
        String id = configure(values).id();
        goLive(id);
        Waiting.until(() -> node.call("fixture", "g").equals("louder: hello 1.0.0"), () -> node.routes()
                .all());
        values.put("prefix", null);
        values.put("times", 2);
        String second = configure(values).id();
        goLive(second);
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());
        assertThatThrownBy(() -> evolution().rollback(GRACE, id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a later release changed");
        evolution().rollback(GRACE, second);
        Waiting.until(() -> node.call("fixture", "g").equals("louder: hello 1.0.0"), () -> node.routes()
                .all());
        evolution().rollback(GRACE, id);
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());
    }

    @Test
    void refusesValuesThatAreNoOptions() {
        Proposal unknown = await(configure(Map.of("volume", 11)).id(), Status.FAILED);
        assertThat(unknown.reason()).contains("volume is no option").contains("prefix");
        Proposal wrong = await(configure(Map.of("times", "often")).id(), Status.FAILED);
        assertThat(wrong.reason()).contains("times must be a number");
        assertThatThrownBy(() -> evolution()
                        .propose(
                                ADA,
                                new NewProposal(
                                        Kind.CONFIGURATION,
                                        "No such plug",
                                        "",
                                        Map.of("plug", "ai.king.agent.absent", "name", "x", "values", Map.of("a", 1)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTrialThatFailsIsUndoneByRule() {
        Proposal ready = await(propose(FAULTY).id(), Status.READY);
        approve(ready);
        await(ready.id(), Status.CANARY);
        Waiting.until(() -> weight("2.1.0") == 10, () -> node.routes().all());
        for (int goal = 0; find(ready.id()).status() == Status.CANARY && goal < 10_000; goal++) {
            node.call("fixture", "goal " + goal);
        }
        assertThat(await(ready.id(), Status.ROLLED_BACK).reason()).contains("error rate");
        Waiting.until(() -> weight("1.0.0") == 100, () -> node.routes().all());
    }

    @Test
    void aTrialThatNobodyEndsIsUndone() {
        Proposal ready = await(propose(TWO).id(), Status.READY);
        approve(ready);
        await(ready.id(), Status.CANARY);
        store.advance(Duration.ofMinutes(16));
        Waiting.until(() -> weight("2.0.0") == 50, () -> node.routes().all());
        store.advance(Duration.ofHours(24));
        assertThat(await(ready.id(), Status.ROLLED_BACK).reason()).contains("24 h");
    }

    @Test
    void oneTrialAtATimeAndTheNextIsAskedAgain() {
        Proposal first = await(propose(TWO).id(), Status.READY);
        Proposal second = await(configure(Map.of("prefix", "second: ")).id(), Status.READY);
        Proposal stale =
                await(propose(PlugSource.echo(PLUG, "fixture", "1.5.0").jar()).id(), Status.READY);
        approve(first);
        await(first.id(), Status.CANARY);
        store.advance(Duration.ofSeconds(1));
        approve(second);
        store.advance(Duration.ofSeconds(1));
        approve(stale);
        assertThat(find(second.id()).status()).isEqualTo(Status.APPROVED);
        evolution().promote(GRACE, first.id());
        await(second.id(), Status.CANARY);
        evolution().abort(GRACE, second.id());
        assertThat(await(second.id(), Status.ROLLED_BACK).reason()).isEqualTo("aborted by grace");
        assertThat(await(stale.id(), Status.FAILED).reason())
                .contains("asked again")
                .contains("baseline");
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 2.0.0");
    }

    @Test
    void aCandidateThatDoesNotStartFailsBeforeItsTrial() {
        byte[] jar = doesNotStart("2.2.0");
        Proposal ready = await(propose(jar).id(), Status.READY);
        approve(ready);
        assertThat(await(ready.id(), Status.FAILED).reason())
                .contains("failed to come to life")
                .contains("not today");
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 1.0.0");
        assertThat(evolution().pointer().trial()).isNull();
    }

    @Test
    void aRollBackEndsTheTrialOfTheSamePlugAndLeavesOthersRunning() {
        String first = configure(Map.of("prefix", "louder: ")).id();
        goLive(first);
        Proposal broken = await(propose(doesNotStart("2.2.0")).id(), Status.READY);
        approve(broken);
        Waiting.until(() -> evolution().pointer().trial() != null, () -> find(broken.id()));
        evolution().rollback(GRACE, first);
        assertThat(await(broken.id(), Status.FAILED).reason()).contains("was rolled back");
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());

        byte[] guest = PlugSource.echo("ai.king.agent.guest", "guest", "1.0.0").jar();
        String second = configure(Map.of("prefix", "again: ")).id();
        goLive(second);
        Proposal other = await(propose(guest).id(), Status.READY);
        approve(other);
        await(other.id(), Status.CANARY);
        evolution().rollback(GRACE, second);
        assertThat(find(other.id()).status()).isEqualTo(Status.CANARY);
        evolution().promote(GRACE, other.id());
        Waiting.until(() -> node.call("guest", "g").equals("jailed "), () -> node.routes()
                .all());
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());
    }

    @Test
    void whatWasAcceptedIsAHistoryWithTheSameCommitsOnEveryNode() throws IOException {
        assertThat(evolution().accepted(null, 10).items())
                .extracting(Accepted::title, Accepted::tag)
                .containsExactly(tuple("Release 1 of the distribution", "release-1"));
        String id = configure(Map.of("prefix", "louder: ")).id();
        goLive(id);
        String aborted = propose(TWO).id();
        approve(await(aborted, Status.READY));
        await(aborted, Status.CANARY);
        evolution().abort(GRACE, aborted);
        evolution().rollback(GRACE, id);
        List<Accepted> history = evolution().accepted(null, 10).items();
        assertThat(history)
                .extracting(Accepted::title, Accepted::proposalId, Accepted::tag)
                .containsExactly(
                        tuple("Roll back: Other values", id, "release-4"),
                        tuple("Other values", id, "release-2"),
                        tuple("Release 1 of the distribution", null, "release-1"));
        assertThat(history).extracting(Accepted::commit).allMatch(commit -> commit.matches("[0-9a-f]{40}"));
        assertThat(evolution().accepted(null, 2).next()).isEqualTo("2");
        assertThat(evolution().accepted("2", 2).items()).isEqualTo(history.subList(2, 3));
        node.close();
        node = new TestNode(work.resolve("two"), plugs, store, new FakeNodes("two"), approvals).start(jail);
        node.awaitApplied(4);
        assertThat(evolution().accepted(null, 10).items()).isEqualTo(history);
        Path remote = work.resolve("remote.git");
        try (Repository there = new Repository(remote);
                Repository here = new Repository(work.resolve("two/data/history.git"))) {
            here.push(remote.toUri().toString());
            assertThat(there.commit(4)).contains(history.get(0).commit());
        }
    }

    @Test
    void theQuestionShowsWhatTheVoteCoversAndNothingHides() {
        String id = configure(Map.of("prefix", "safe\u202Edegnahc\u0007 https://far.example/x "))
                .id();
        Approval question = approvals.find(await(id, Status.READY).approvalId()).orElseThrow();
        assertThat(question.description())
                .contains("Why\n  Other values")
                .contains("+ value prefix = safe\\u202Edegnahc\\u0007 https://far.example/x")
                .contains("Hosts its configuration names\n  far.example")
                .contains("PASS configuration")
                .contains("Risk LOW")
                .contains("Cost\n  not assessed")
                .doesNotContain("\u202E")
                .doesNotContain("\u0007");
        assertThat(question.payload()).containsEntry("text", question.description());
        assertThat(question.payloadSha256()).isEqualTo(Json.digest(question.payload()));
        Approval bundle = approvals
                .find(await(propose(TWO).id(), Status.READY).approvalId())
                .orElseThrow();
        assertThat(bundle.description())
                .contains("- bundle 1.0.0")
                .contains("+ bundle 2.0.0")
                .contains("Public types and methods of " + PLUG + " 2.0.0, against 1.0.0 that runs\n  the same");
    }

    @Test
    void theQuestionSaysWhatAToolReachesOrThatItDoesNotSay() {
        assertThat(asked(ToolSource.tool("ai.king.tool.mute", "mute.do", "").jar()))
                .contains("Hosts and files it says it reaches\n"
                        + "  Tool mute.do: it does not say, and nothing keeps it from any host or file")
                .contains("PASS reaches: ai.king.tool.mute.HandyTool does not say what it reaches")
                .contains("+ ai.king.tool.mute.HandyTool (class implements ai.king.tool.Tool)")
                .contains("+ ai.king.tool.mute.HandyTool.invoke(ai.king.tool.ToolCall): ai.king.tool.ToolResult");
        assertThat(asked(ToolSource.tool("ai.king.tool.open", "open.do", "https://api.example")
                        .jar()))
                .contains("Hosts and files it says it reaches\n  Tool open.do: https://api.example");
        assertThat(asked(TWO)).contains("Agent fixture: it does not say").contains("it reaches only what the platform");
    }

    private String asked(byte[] jar) {
        return approvals
                .find(await(propose(jar).id(), Status.READY).approvalId())
                .orElseThrow()
                .description();
    }

    @Test
    void rejectedAndWithdrawnProposalsEnd() {
        Proposal ready = await(propose(TWO).id(), Status.READY);
        node.decide(ready.approvalId(), Approval.Status.REJECTED);
        assertThat(find(ready.id()).status()).isEqualTo(Status.REJECTED);
        Proposal other = await(propose(TWO).id(), Status.READY);
        evolution().withdraw(ADA, other.id());
        assertThat(approvals.find(other.approvalId()).orElseThrow().status()).isEqualTo(Approval.Status.EXPIRED);
        assertThatThrownBy(() -> evolution().abort(GRACE, other.id())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNewerDistributionBecomesOneProposal() throws IOException {
        node.close();
        Files.write(plugs.resolve("fixture.jar"), TWO);
        byte[] guest = PlugSource.echo("ai.king.agent.guest", "guest", "1.0.0").jar();
        Files.write(plugs.resolve("guest.jar"), guest);
        Files.writeString(plugs.resolve("ai.king.agent.guest-visitor.cfg"), "");
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(jail);
        Waiting.until(() -> evolution().page(null, 10).items().size() == 1, () -> evolution()
                .page(null, 10));
        Proposal proposal = await(evolution().page(null, 10).items().get(0).id(), Status.READY);
        assertThat(proposal.origin()).isEqualTo(Proposal.Origin.ADMIN);
        // The checks may end before the node has brought up what it ran before.
        node.awaitApplied(1);
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 1.0.0");
        goLive(proposal.id());
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 2.0.0"), () -> node.routes()
                .all());
        Waiting.until(() -> node.call("visitor", "g").equals("jailed "), () -> node.routes()
                .all());
        node.close();
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(jail);
        node.awaitApplied(2);
        assertThat(evolution().page(null, 10).items()).hasSize(1);
    }

    @Test
    void aTrialBeginsOnOneNodeAndGoesOnOnAll() throws IOException {
        ConcurrentSkipListMap<String, ai.king.cluster.Node> cluster = new ConcurrentSkipListMap<>();
        node.close();
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one", cluster), approvals).start(jail);
        try (TestNode two =
                new TestNode(work.resolve("two"), plugs, store, new FakeNodes("two", cluster), approvals).start(jail)) {
            node.awaitApplied(1);
            two.awaitApplied(1);
            Proposal ready = await(propose(TWO).id(), Status.READY);
            approve(ready);
            await(ready.id(), Status.CANARY);
            String first = String.valueOf(find(ready.id()).canary().get("node"));
            TestNode here = first.equals("one") ? node : two;
            TestNode there = first.equals("one") ? two : node;
            Waiting.until(() -> here.routes().of("Agent", "fixture").size() == 2, () -> here.routes()
                    .all());
            assertThat(there.routes().of("Agent", "fixture")).hasSize(1);
            for (int goal = 0; there.routes().of("Agent", "fixture").size() < 2 && goal < 100_000; goal++) {
                here.call("fixture", "goal " + goal);
            }
            Waiting.until(() -> there.routes().of("Agent", "fixture").size() == 2, () -> there.routes()
                    .all());
            there.evolution().promote(GRACE, ready.id());
            Waiting.until(() -> here.call("fixture", "g").endsWith("2.0.0"), () -> here.routes()
                    .all());
            Waiting.until(() -> there.call("fixture", "g").endsWith("2.0.0"), () -> there.routes()
                    .all());
            here.evolution().rollback(GRACE, ready.id());
            Waiting.until(() -> there.call("fixture", "g").endsWith("1.0.0"), () -> there.routes()
                    .all());
        }
    }

    @Test
    void aCandidateThatHangsFailsAndHoldsUpNobody() {
        Proposal ready = await(propose(neverEnds("1.5.0")).id(), Status.READY);
        approve(ready);
        assertThat(await(ready.id(), Status.FAILED).reason()).contains("its constructor did not end");
        assertThat(node.call("fixture", "g")).isEqualTo("echo: hello 1.0.0");
        goLive(propose(TWO).id());
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 2.0.0"), () -> node.routes()
                .all());
    }

    @Test
    void aPlugThatHangsAtABootHoldsUpNoOther() throws IOException {
        node.close();
        Files.write(plugs.resolve("hanging.jar"), neverEnds("ai.king.agent.hanging", "hanging", "1.0.0"));
        Files.writeString(plugs.resolve("ai.king.agent.hanging.cfg"), "");
        FakeStore fresh = new FakeStore();
        FakeNodes nodes = new FakeNodes("two");
        node = new TestNode(work.resolve("two"), plugs, fresh, nodes, new FakeApprovals(fresh))
                .start(jail, Map.of(), Map.of("appearSeconds", 600));
        Waiting.until(() -> node.call("fixture", "g").equals("echo: hello 1.0.0"), () -> node.routes()
                .all());
        assertThat(node.routes().of("Agent", "hanging")).isEmpty();
    }

    private static byte[] neverEnds(String version) {
        return neverEnds(PLUG, "fixture", version);
    }

    private static byte[] neverEnds(String plug, String name, String version) {
        return broken(
                plug,
                name,
                version,
                "while (true) { try { java.util.concurrent.TimeUnit.DAYS.sleep(1); }"
                        + " catch (InterruptedException deaf) { } }");
    }

    private static byte[] doesNotStart(String version) {
        return broken(PLUG, "fixture", version, "if (true) throw new IllegalStateException(\"not today\");");
    }

    private static byte[] broken(String plug, String name, String version, String constructor) {
        return PlugSource.echo(plug, name, version)
                .source(
                        "EchoAgent",
                        """
                        package %1$s;
                        import ai.king.agent.*;
                        import org.osgi.service.component.annotations.*;
                        @Component(configurationPid = "%1$s", configurationPolicy = ConfigurationPolicy.REQUIRE)
                        @AgentName("%2$s")
                        public final class EchoAgent implements Agent {
                            @Activate public EchoAgent() { %3$s }
                            @Override public Outcome perform(Task task, AgentContext context) { return null; }
                        }
                        """
                                .formatted(plug, name, constructor))
                .jar();
    }

    private Evolution evolution() {
        return node.evolution();
    }

    private Proposal find(String id) {
        return evolution().find(id).orElseThrow();
    }

    private Proposal await(String id, Status status) {
        Waiting.until(() -> find(id).status() == status, () -> find(id));
        return find(id);
    }

    private Proposal propose(byte[] jar) {
        return evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                Kind.BUNDLE,
                                "A new version",
                                "",
                                Map.of(),
                                Optional.empty(),
                                Optional.of(new ByteArrayInputStream(jar)),
                                Optional.empty()));
    }

    private Proposal configure(Map<String, Object> values) {
        return evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                Kind.CONFIGURATION,
                                "Other values",
                                "",
                                Map.of("plug", PLUG, "name", "fixture", "values", values),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private String failure(byte[] jar) {
        return await(propose(jar).id(), Status.FAILED).reason();
    }

    private void approve(Proposal ready) {
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
    }

    private void goLive(String id) {
        approve(await(id, Status.READY));
        await(id, Status.CANARY);
        evolution().promote(GRACE, id);
    }

    private int weight(String version) {
        return node.routes().of("Agent", "fixture").stream()
                .filter(route -> route.generation().version().equals(version))
                .mapToInt(Route::weight)
                .sum();
    }
}
