/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import static ai.king.agent.legal.Papers.list;
import static ai.king.agent.legal.Papers.one;
import static ai.king.agent.legal.Papers.perform;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.kit.FakeContext;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractsTest {

    private static final String TIDEWATER = "supplier-terms-tidewater.md";

    private static Map<String, Object> move(String from, String to) {
        return Map.of("contract", TIDEWATER, "status", from, "to", to, "ends", "2026-09-30");
    }

    private static FakeContext withTool(Effect effect) {
        return new FakeContext()
                .with(Papers.SAMPLE)
                .with(
                        ToolSpec.of(Lifecycle.TOOL, "d", "{\"type\":\"object\"}", effect),
                        arguments -> ToolResult.ok(Map.of()));
    }

    @Test
    void findsTheClausesOfTheSampleTermsWithTheirWords() {
        Outcome.Done done = Papers.done("contract_review");
        assertThat(list(done, "risk"))
                .extracting(risk -> risk.get("document") + " " + risk.get("rating"))
                .containsExactlyInAnyOrder("supplier-terms-greenleaf.md HIGH", TIDEWATER + " MEDIUM");
        assertThat(list(done, "clauses"))
                .extracting(clause -> clause.get("kind") + ": " + clause.get("quote"))
                .contains(
                        "penalty: Each breach costs USD 2,500.00.",
                        "exclusivity: 3. Exclusivity. Harbour & Tail buys biscuits and dental chews from Greenleaf alone.",
                        "late delivery: Late delivery 1 % of the order value a full week, at most 5 %",
                        "price changes: From 2026-11-01 all toys cost 6 % more.");
        assertThat(done.data().get("risk").toString()).contains("not found: liability");
    }

    @Test
    void findsTheDatesThatTheSampleSetsAndHowFarTheyAre() {
        Outcome.Done done = Papers.done("deadlines");
        assertThat(list(done, "deadlines"))
                .extracting(one -> one.get("date") + " " + one.get("note"))
                .contains("2026-11-02 near: in 32 days", "2026-11-20 near: in 50 days", "2027-02-28 in 150 days");
        assertThat(list(done, "deadlines"))
                .filteredOn(one -> one.get("words").equals("30 September"))
                .extracting(one -> one.get("date") + "" + one.get("note"))
                .containsExactly("no year is stated");
        assertThat(list(done, "obligations"))
                .extracting(one -> one.get("period"))
                .contains("14 days", "60 days");
    }

    @Test
    void makesUpNoDay() {
        Outcome.Done done = (Outcome.Done)
                perform("deadlines", one("a.md", "Payment is due by 2026-02-31, or by 99 March 2026."), Map.of());
        assertThat(list(done, "deadlines"))
                .extracting(one -> one.get("date") + "" + one.get("note"))
                .containsOnly("there is no such day");
    }

    @Test
    void callsTheLegalToolForWhatHasLegalForce() {
        FakeContext context = withTool(Effect.LEGAL);
        Outcome.Done done = (Outcome.Done) perform("contract", context, move("active", "terminated"));
        assertThat(done.data()).containsEntry("status", "terminated");
        assertThat(context.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"draft,pending_signature", "pending_signature,active", "active,terminated"})
    void neverActsWithoutAToolForWhichTwoPeopleAreAsked(String from, String to) {
        FakeContext weak = withTool(Effect.WRITE);
        assertThat(perform("contract", weak, move(from, to))).isInstanceOf(Outcome.Declined.class);
        assertThat(weak.calls()).isEmpty();
        assertThat(perform("contract", new FakeContext().with(Papers.SAMPLE), move(from, to)))
                .isInstanceOf(Outcome.Declined.class);
    }

    @ParameterizedTest
    @CsvSource({
        "draft,active",
        "draft,terminated",
        "active,draft",
        "expired,active",
        "terminated,active",
        "pending_signature,expired"
    })
    void refusesAStepThatTheLifeOfAContractDoesNotHave(String from, String to) {
        FakeContext context = withTool(Effect.LEGAL);
        assertThat(perform("contract", context, move(from, to))).isInstanceOf(Outcome.Failed.class);
        assertThat(context.calls()).isEmpty();
    }

    @Test
    void expiresByTheCalendarAlone() {
        FakeContext context = new FakeContext().with(Papers.SAMPLE);
        assertThat(perform("contract", context, move("active", "expired"))).isInstanceOf(Outcome.Done.class);
        assertThat(perform(
                        "contract",
                        context,
                        Map.of("contract", TIDEWATER, "status", "active", "to", "expired", "ends", "2027-01-01")))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(perform("contract", context, Map.of())).isInstanceOf(Outcome.Declined.class);
    }
}
