/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Report;
import ai.king.agent.Source;
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
                List.of(step("a", report(figure)), step("b", report(advice))), unused -> Optional.empty());
        assertThat(joint.sections()).extracting(Report.Section::heading).containsExactly("In short", "S", "S");
        assertThat(joint.sections().get(0).blocks()).containsExactly(advice, figure);
    }

    @Test
    void addsNothingToTheReportOfOneStep() {
        Report one = report(new Report.Figure("Profit", "1.00", "USD", SOURCES));
        assertThat(JointReport.of(List.of(step("a", one)), unused -> Optional.empty()))
                .isEqualTo(one);
    }
}
