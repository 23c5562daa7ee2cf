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
import ai.king.engine.evolution.testing.ToolSource;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.gate.Approval;
import ai.king.store.Actor;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source becomes a running agent: made in the jail, then asked what every bundle is asked. */
class SourceProposalTest {

    private static final String PLUG = "acme.guest";
    private static final String PATH = "src/main/java/acme/guest/";
    private static final Identity ADA = new Identity("ada", Set.of(Role.ADMIN, Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private final FakeJail jail = new FakeJail();
    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(
                plugs.resolve("fixture.jar"),
                PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0").jar());
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(jail);
        node.awaitApplied(1);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Map<String, Object> source(String file, String text) {
        return Map.of("plug", PLUG, "files", Map.of(PATH + file, text, "README.md", "# A guest"));
    }

    private static String agent(String statements) {
        return """
                package acme.guest;
                import ai.king.agent.*;
                import java.util.Map;
                import org.osgi.service.component.annotations.*;
                @Component(configurationPid = "acme.guest", configurationPolicy = ConfigurationPolicy.REQUIRE)
                @AgentName("guest")
                @AgentProfile(description = "Answers", capabilities = "echo: says it again")
                public final class EchoAgent implements Agent {
                    @Override public Outcome perform(Task task, AgentContext context) {
                        %s
                        return new Outcome.Done(Map.of("text", task.goal()), Report.none());
                    }
                }
                """
                .formatted(statements);
    }

    private Proposal propose(Map<String, Object> change) {
        return node.evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                Kind.SOURCE,
                                "A guest",
                                "We lack one",
                                change,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private Proposal find(String id) {
        return node.evolution().find(id).orElseThrow();
    }

    private Proposal await(String id, Status status) {
        Waiting.until(() -> find(id).status() == status, () -> find(id));
        return find(id);
    }

    @Test
    void sourceIsBuiltInTheJailAndGoesLiveThere() {
        Proposal ready = await(propose(source("EchoAgent.java", agent(""))).id(), Status.READY);
        assertThat(ready.findings())
                .extracting(Finding::check)
                .containsExactly(
                        "compile",
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
        assertThat(ready.risk()).isEqualTo("MEDIUM");
        Approval question = approvals.find(ready.approvalId()).orElseThrow();
        assertThat(question.description())
                .contains(
                        "Source\n",
                        PATH + "EchoAgent.java: ",
                        "public final class EchoAgent implements Agent",
                        "README.md: 1 lines")
                .contains("it lives in the jail, which has no network and no files");
        assertThat(question.payload().get("bundles").toString()).contains(String.valueOf(ready.bundle()));
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        await(ready.id(), Status.CANARY);
        node.evolution().promote(GRACE, ready.id());
        Waiting.until(() -> node.call("guest", "g").equals("jailed "), () -> node.routes()
                .all());
        String first = node.routes().of("Agent", "guest").get(0).generation().version();
        assertThat(first).startsWith("1.0.0.");
        Proposal second =
                await(propose(source("EchoAgent.java", agent("int two = 2;"))).id(), Status.READY);
        assertThat(second.findings().get(0).detail()).contains("acme.guest 1.0.1.");
        assertThat(approvals.find(second.approvalId()).orElseThrow().description())
                .contains("Source, against " + first + " that runs", "EchoAgent.java: changed", "+        int two = 2;")
                .contains("README.md: unchanged")
                .doesNotContain("    -import");
    }

    @Test
    void whatDoesNotCompileFailsWithWhatTheCompilerSays() {
        Proposal failed = await(
                propose(source("EchoAgent.java", agent("int x = \"text\";"))).id(), Status.FAILED);
        assertThat(failed.reason()).startsWith("compile: ").contains("incompatible types");
        assertThat(failed.bundle()).isNull();
    }

    @Test
    void whatCompilesIsAskedAsEveryBundle() {
        assertThat(await(
                                propose(source("EchoAgent.java", agent("System.exit(1);")))
                                        .id(),
                                Status.FAILED)
                        .reason())
                .startsWith("bytecode: ")
                .contains("java.lang.System.exit");
        String tool = ToolSource.text(PLUG, "guest.do", "https://far.example", "");
        assertThat(await(propose(source("HandyTool.java", tool)).id(), Status.FAILED)
                        .reason())
                .contains("source makes agents only");
    }

    private Tool proposing() {
        return node.framework().service(Tool.class);
    }

    private ToolResult proposedByTheAi(String key, String statements) {
        return proposing()
                .invoke(new ToolCall(
                        key,
                        Optional.empty(),
                        Map.of(
                                "title",
                                "A guest",
                                "hypothesis",
                                "Guests are greeted; the metric is greetings",
                                "plug",
                                PLUG,
                                "files",
                                Map.of(PATH + "EchoAgent.java", agent(statements)))));
    }

    @Test
    void theAiProposesOnceADayAndItsWorkLivesInTheJail() {
        assertThat(proposing().lookup("k1").orElseThrow()).isInstanceOf(ToolResult.Failed.class);
        ToolResult first = proposedByTheAi("k1", "");
        assertThat(first).isInstanceOf(ToolResult.Ok.class).isEqualTo(proposedByTheAi("k1", ""));
        assertThat(proposing().lookup("k1")).contains(first);
        assertThat(proposedByTheAi("k2", "int other = 1;")).asString().contains("its one proposal of this day");
        String id = ((ToolResult.Ok) first).data().get("proposalId").toString();
        Proposal ready = await(id, Status.READY);
        assertThat(ready.origin()).isEqualTo(Proposal.Origin.AI);
        assertThat(ready.placement()).isEqualTo("jail");
        assertThat(ready.confidence()).isGreaterThan(new BigDecimal("0.80"));
        assertThat(propose(source("EchoAgent.java", agent("int mine = 1;"))).status())
                .as("people have no daily limit")
                .isEqualTo(Status.DRAFT);
        store.advance(Duration.ofDays(1));
        assertThat(proposedByTheAi("k3", "int next = 1;")).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void whatTheAiIsNotSureOfIsRefusedAndAPersonsIsNot() {
        for (int i = 0; i < 7; i++) {
            rolledBack("old-" + i);
        }
        ToolResult result = proposedByTheAi("k1", "");
        String id = ((ToolResult.Ok) result).data().get("proposalId").toString();
        Proposal failed = await(id, Status.FAILED);
        assertThat(failed.reason()).matches("confidence 0\\.\\d+ does not exceed 0.80");
        assertThat(failed.confidence()).isLessThanOrEqualTo(new BigDecimal("0.80"));
        assertThat(failed.approvalId()).isNull();
        Proposal mine = await(propose(source("EchoAgent.java", agent(""))).id(), Status.READY);
        assertThat(mine.confidence()).isEqualByComparingTo(failed.confidence());
    }

    private void rolledBack(String id) {
        store.write(Actor.system("test"), tx -> {
            tx.record("test", id, Map.of());
            return tx.insert(new Proposal(
                    id,
                    Kind.SOURCE,
                    "It did not stay",
                    "",
                    Proposal.Origin.DEVELOPER,
                    "ada",
                    Status.ROLLED_BACK,
                    "MEDIUM",
                    null,
                    Map.of(),
                    Map.of(),
                    null,
                    null,
                    "jail",
                    List.of(),
                    null,
                    null,
                    "",
                    null,
                    tx.now(),
                    tx.now(),
                    0));
        });
    }
}
