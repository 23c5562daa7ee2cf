/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.Money;
import ai.king.work.ModelUse;
import ai.king.work.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JointReportTest {

    private static final List<Source> SOURCES = List.of(new Source.Formula("f"));

    private static Step step(String name, Report report) {
        return new Step(
                name,
                "g",
                name,
                "agent",
                "",
                Map.of(),
                List.of(),
                1,
                "LOW",
                Step.Status.COMPLETED,
                1,
                null,
                List.of(),
                null,
                report,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                0);
    }

    private static Report report(Report.Block... blocks) {
        return new Report(List.of(new Report.Section("S", List.of(blocks))));
    }

    @Test
    void beginsWithAdviceAndFiguresWhenSeveralStepsReport() {
        Report.Figure figure = new Report.Figure("Profit", "1.00", "USD", SOURCES);
        Report.Advice advice = new Report.Advice("Do it", "because", SOURCES);
        Report joint = JointReport.of(
                List.of(step("a", report(figure)), step("b", report(advice))), unused -> Optional.empty(), List.of());
        assertThat(joint.sections()).extracting(Report.Section::heading).containsExactly("In short", "S", "S");
        assertThat(joint.sections().get(0).blocks()).containsExactly(advice, figure);
    }

    @Test
    void addsNothingToTheReportOfOneStep() {
        Report one = report(new Report.Figure("Profit", "1.00", "USD", SOURCES));
        assertThat(JointReport.of(List.of(step("a", one)), unused -> Optional.empty(), List.of()))
                .isEqualTo(one);
    }

    @Test
    void saysWhatModelsCostAndOfWhichNoPriceIsKnown() {
        Report one = report(new Report.Figure("Profit", "1.00", "USD", SOURCES));
        ModelUse priced = new ModelUse("intent", "openai", "m", 1, 200, 100, Optional.of(Money.of("0.00009", "USD")));
        ModelUse free = new ModelUse("a", "vllm", "llama", 2, 1000, 10, Optional.empty());
        Report joint = JointReport.of(List.of(step("a", one)), unused -> Optional.empty(), List.of(priced, free));
        Report.Section cost = joint.sections().get(1);
        assertThat(cost.heading()).isEqualTo("Cost of models");
        assertThat(cost.blocks())
                .filteredOn(Report.Figure.class::isInstance)
                .extracting(block -> ((Report.Figure) block).value())
                .containsExactly("1310", "0.00009");
        assertThat(cost.blocks().toString())
                .contains("no price configured for llama of backend vllm")
                .contains("[intent, m, openai, 1, 200, 100, 0.00009 USD]")
                .contains("[a, llama, vllm, 2, 1000, 10, no price configured]");
    }

    @Test
    void inventsNoCostWhereNoPriceIsConfigured() {
        ModelUse free = new ModelUse("a", "vllm", "llama", 2, 1000, 10, Optional.empty());
        assertThat(CostSection.of(List.of(free)).orElseThrow().blocks())
                .filteredOn(Report.Figure.class::isInstance)
                .extracting(block -> ((Report.Figure) block).value())
                .containsExactly("1010", "no price configured");
    }
}
