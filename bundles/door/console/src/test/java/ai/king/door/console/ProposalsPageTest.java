/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import ai.king.evolution.Expectation;
import ai.king.evolution.Finding;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Risk;
import ai.king.store.Page;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProposalsPageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String HASH = "ab".repeat(32);
    private static final String EVIL = "<script>alert(\"x\")</script>";
    private static final String TEXT =
            "Why\n  Cohort retention " + EVIL + "\n\nHosts and files it says it reaches\n  Agent"
                    + " analytics: nothing\n\nRisk MEDIUM\n  SOURCE by AI\n\nCost\n  not assessed\n";

    private final List<String> done = new ArrayList<>();
    private volatile Status status = Status.READY;
    private volatile String author = "king-ai";
    private Served console;

    @BeforeEach
    void open() throws Exception {
        console = new Served(Map.of(
                ProposalsPage.LABEL, new ProposalsPage(Served.users(), evolution(), approvals()),
                HistoryPage.LABEL, new HistoryPage(Served.users(), evolution()),
                NodesPage.LABEL, new NodesPage(Served.users(), evolution(), nodes())));
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Test
    void showsExactlyTheTextThatTheVotesHashCovers() throws Exception {
        String page = page("king-proposals?id=p1");
        assertThat(page)
                .contains("<pre class=\"text\">" + new Html().text(TEXT) + "</pre>", HASH, "What else the vote covers")
                .contains("not_assessed", "no data of known holes &lt;script&gt;", "confidence <b>0.912</b>")
                .contains("What was expected", ">better<", "missing skill of cohort retention", ">9.7<", ">0.4<")
                .contains("waits [U+202E]", "SOURCE", "king-ai", "proposal.ready", "name=\"sha256\" value=\"" + HASH)
                .doesNotContain("<script", "http://", "https://", "onclick", "do=promote");
    }

    @Test
    void countsAVoteAndComesBackToTheProposal() throws Exception {
        Map<String, String> form = console.form("king-proposals?id=p1");
        form.put("notes", "fine");
        assertThat(console.sent("king-proposals", form)).startsWith("king-proposals?id=p1&said=Counted");
        assertThat(done).containsExactly("vote approver a1 APPROVE fine " + HASH);
    }

    @Test
    void rejectsOnlyWithAReasonAfterAPageOfItsOwn() throws Exception {
        Map<String, String> form = console.form("king-proposals?id=p1&do=reject");
        assertThat(form).containsEntry("decision", "reject");
        form.put("notes", " ");
        assertThat(console.sent("king-proposals", form)).contains("refused=");
        form.put("notes", "too soon");
        console.sent("king-proposals", form);
        assertThat(done).containsExactly("vote approver a1 REJECT too soon " + HASH);
    }

    @Test
    void showsTheTrialOldAgainstNewAndEndsItEitherWay() throws Exception {
        status = Status.CANARY;
        assertThat(page("king-proposals?id=p1"))
                .contains(
                        "<svg", "class=\"old\"", "class=\"new\"", "18.4 ms", "2.5 %", "goals on the new one <b>40</b>")
                .contains("do=promote", "do=abort")
                .doesNotContain("do=rollback", "src=", "url(");
        assertThat(console.sent("king-proposals", console.form("king-proposals?id=p1&do=promote")))
                .contains("said=Done");
        assertThat(console.sent("king-proposals", console.form("king-proposals?id=p1&do=abort")))
                .contains("said=Done");
        assertThat(done).containsExactly("promote approver p1", "abort approver p1");
    }

    @Test
    void aFormForOneMatterServesNoOther() throws Exception {
        Map<String, String> vote = console.form("king-proposals?id=p1");
        status = Status.CANARY;
        Map<String, String> abort = console.form("king-proposals?id=p1&do=abort");
        abort.put("move", "promote");
        assertThat(console.post("king-proposals", abort).statusCode()).isEqualTo(403);
        abort.put("seal", vote.getOrDefault("seal", ""));
        assertThat(console.post("king-proposals", abort).statusCode()).isEqualTo(403);
        Map<String, String> stolen = console.form("king-proposals?id=p1&do=abort");
        console.login = "admin";
        assertThat(console.post("king-proposals", stolen).statusCode()).isEqualTo(403);
        assertThat(done).isEmpty();
    }

    @Test
    void whoMayNotIsNotOfferedItAndCannotSendIt() throws Exception {
        status = Status.CANARY;
        author = "approver";
        assertThat(page("king-proposals?id=p1")).contains("do=abort").doesNotContain("do=promote");
        assertThat(page("king-proposals?id=p1&do=promote"))
                .contains("not by you")
                .doesNotContain("<form");
        author = "king-ai";
        Map<String, String> form = console.form("king-proposals?id=p1&do=promote");
        author = "approver";
        assertThat(console.sent("king-proposals", form)).contains("refused=");
        console.login = "viewer";
        assertThat(page("king-proposals?id=p1")).doesNotContain("do=promote", "do=abort");
        assertThat(done).isEmpty();
    }

    @Test
    void anAdminRollsBackWhatWasPromoted() throws Exception {
        status = Status.COMPLETED;
        assertThat(page("king-proposals?id=p1")).doesNotContain("do=rollback");
        console.login = "admin";
        assertThat(page("king-proposals?id=p1&do=rollback")).contains("byte for byte");
        console.sent("king-proposals", console.form("king-proposals?id=p1&do=rollback"));
        assertThat(done).containsExactly("rollback admin p1");
    }

    @Test
    void listsProposalsHistoryAndWhatRunsOnWhichNode() throws Exception {
        assertThat(page("king-proposals")).contains("king-proposals?id=p1", "&lt;script&gt;", "after=c2");
        assertThat(page("king-history")).contains("release-4", "king-proposals?id=p1", "c0ffee", ">better<");
        status = Status.CANARY;
        assertThat(page("king-nodes"))
                .contains(
                        "node-a (this one)",
                        "node-b",
                        "does not verify",
                        "the bytes have another digest",
                        "1.0.0",
                        "2.0.0",
                        "badge canary\">canary</span>10 %");
    }

    /** The page, which stands in the target folder for a look at it, too. */
    private String page(String address) throws Exception {
        String page = console.get(address);
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve(address.replaceAll("\\W+", "-") + ".html"),
                "<!doctype html><meta charset=utf-8>" + page);
        return page;
    }

    private Evolution evolution() {
        return Served.proxy(Evolution.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "find" -> Optional.of(proposal());
            case "page" -> new Page<>(List.of(proposal()), "c2");
            case "expectation" -> Optional.of(expectation());
            case "history" -> List.of(Map.of(
                    "at", NOW, "actor", "evolution", "action", "proposal.ready", "data", Map.of("reason", EVIL)));
            case "accepted" -> new Page<>(List.of(new Accepted("c0ffee", "p1", EVIL, NOW, "release-4")), null);
            case "pointer" -> new Pointer("pointer", 3, 4L, "p1", 10, 0);
            case "release" -> Optional.of(release((Long) arguments[0]));
            default -> {
                done.add(method.getName() + " " + ((Identity) arguments[0]).name() + " " + arguments[1]);
                yield proposal();
            }
        });
    }

    private static Expectation expectation() {
        return new Expectation(
                "2026-02-01",
                "MISSING_SKILL",
                "cohort retention " + EVIL,
                "An agent with this skill does what nobody here can do " + EVIL,
                "%",
                new BigDecimal("9.70"),
                31,
                20,
                NOW,
                NOW,
                "g1",
                "p1",
                Expectation.Outcome.BETTER,
                new BigDecimal("0.40"),
                250,
                NOW,
                NOW,
                0);
    }

    private static Release release(long no) {
        return new Release(
                "" + no,
                no,
                no - 1,
                null,
                List.of(new Release.Item(
                        "ai.king.agent.analytics", "analytics", "Agent", HASH, (no - 2) + ".0.0", Map.of(), "jail")),
                NOW,
                0);
    }

    private Approvals approvals() {
        return Served.proxy(Approvals.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "find" -> Optional.of(approval());
            case "votes" -> List.of();
            default -> {
                done.add("vote " + ((Identity) arguments[0]).name() + " " + arguments[1] + " " + arguments[2] + " "
                        + arguments[3] + " " + arguments[4]);
                yield approval();
            }
        });
    }

    private static Nodes nodes() {
        return Served.proxy(
                Nodes.class,
                (proxy, method, arguments) -> method.getName().equals("self")
                        ? "node-a"
                        : List.of(
                                new Node("node-a", "10.0.0.1", "T2", 3, "", NOW, 0),
                                new Node(
                                        "node-b",
                                        "10.0.0.2",
                                        "T2",
                                        3,
                                        "a bundle does not verify " + EVIL,
                                        4,
                                        "the bytes have another digest " + EVIL,
                                        NOW,
                                        0)));
    }

    private Proposal proposal() {
        Map<String, Object> canary = new LinkedHashMap<>(Map.of(
                "stage",
                "FIRST",
                "weight",
                10,
                "node",
                "node-a",
                "wide",
                false,
                "goals",
                40,
                "calls",
                40,
                "callsOld",
                360,
                "errorsOld",
                9));
        canary.putAll(Map.of("errorsNew", 1, "p95Old", 21.5, "p95New", 18.4, "p99Old", 44.0, "p99New", 31.25));
        canary.put(
                "nodes",
                Map.of("node-a", Map.of("goals", 30, "calls", 30), "node-b", Map.of("goals", 10, "calls", 10)));
        boolean tried = status == Status.CANARY || status == Status.COMPLETED;
        return new Proposal(
                "p1",
                Proposal.Kind.SOURCE,
                "Cohort retention for analytics " + EVIL,
                EVIL,
                Proposal.Origin.AI,
                author,
                status,
                "MEDIUM",
                new BigDecimal("0.912"),
                Map.of("quality", new BigDecimal("0.9")),
                Map.of("plug", "ai.king.agent.analytics"),
                HASH,
                null,
                "jail",
                List.of(
                        new Finding("manifest", Finding.Verdict.PASS, "ok", 3),
                        new Finding("osv", Finding.Verdict.NOT_ASSESSED, "no data of known holes " + EVIL, 1)),
                "a1",
                tried ? canary : null,
                "waits \u202e" + EVIL,
                null,
                NOW,
                NOW,
                0);
    }

    private Approval approval() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("text", TEXT);
        payload.put("proposalId", "p1");
        return new Approval(
                "a1",
                Approval.Type.TECHNICAL,
                "Cohort retention",
                TEXT,
                Risk.MEDIUM,
                2,
                List.of("SOURCE by AI"),
                payload,
                HASH,
                null,
                null,
                status == Status.READY ? Approval.Status.PENDING : Approval.Status.APPROVED,
                1,
                false,
                "proposal",
                "p1",
                null,
                null,
                "king-ai",
                "king-ai",
                NOW,
                NOW,
                null,
                null,
                0);
    }
}
