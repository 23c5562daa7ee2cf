/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResearchAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(String goal, BusinessData business, List<String> documents) {
        return new ResearchAgent(Configs.defaults(ResearchAgent.Config.class))
                .perform(
                        new Task("s", "document_research", goal, Map.of(), Map.of(), documents),
                        new FakeContext().with(business));
    }

    private static Outcome.Done done(String goal) {
        return (Outcome.Done) perform(goal, SAMPLE, List.of());
    }

    @Test
    void quotesTheDocumentThatAnswers() {
        List<?> findings = (List<?>) done("What do the supplier terms of Tidewater say about the minimum order?")
                .data()
                .get("findings");
        assertThat(findings.get(0).toString()).contains("supplier-terms-tidewater.md");
    }

    @Test
    void quotesWordsThatStandInTheDocument() {
        Report report = done("What does the privacy policy say about deleting personal data?")
                .report();
        Report.Text text = (Report.Text) report.sections().get(0).blocks().get(0);
        Source.Passage passage = (Source.Passage) text.sources().get(0);
        String whole =
                SAMPLE.text(passage.documentId()).replaceAll("[|#*`>]+", " ").replaceAll("\\s+", " ");
        assertThat(whole).contains(passage.quote().replace("…", ""));
    }

    @Test
    void showsASentenceThatGivesOrdersAndDoesNotFollowIt() {
        Report report = done("What does the agency write about the campaign?").report();
        assertThat(report.sections().get(report.sections().size() - 1).heading())
                .isEqualTo("Documents that give orders");
    }

    @Test
    void saysSoWhenTheDocumentsSayNothing() {
        Report report = ((Outcome.Done) perform(
                        "Quantum chromodynamics lattice results?",
                        new FakeBusiness().document("a.md", "Returns are accepted within thirty days of the delivery."),
                        List.of()))
                .report();
        assertThat(report.toString()).contains("The documents say nothing about this.");
    }

    @Test
    void declinesWithoutDocuments() {
        assertThat(perform("What do the terms say?", new FakeBusiness(), List.of()))
                .isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void readsOnlyTheDocumentsThatTheGoalNames() {
        Outcome.Done done = (Outcome.Done) perform("What about returns of beds?", SAMPLE, List.of("returns-policy.md"));
        assertThat(done.data()).containsEntry("documents", List.of("returns-policy.md"));
    }

    @Test
    void namesASourceForEveryPassage() {
        assertThat(Sources.missingIn(done("Which supplier terms matter; what does the privacy policy lack?")
                        .report()))
                .isEmpty();
    }
}
