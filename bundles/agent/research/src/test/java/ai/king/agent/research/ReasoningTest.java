/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Source;
import ai.king.agent.Task;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningTest {

    private static final Inquired.Effort EFFORT = new Inquired.Effort(
            "stub", 2, 300, 40, "o200k_base", List.of("source: the 3 oldest of its texts, summarised"));
    private static final Inquired.Looked PAGE = new Inquired.Looked(
            "web.read",
            Map.of("url", "https://lamps.example/terms"),
            ToolResult.ok(Map.of("url", "https://lamps.example/terms", "text", "Delivery takes 9 days.")));

    private final List<Inquiry> asked = new ArrayList<>();

    private Outcome ask(String action, FakeBusiness business, Inquired answer) {
        FakeContext context = new FakeContext()
                .with(business)
                .withModel(prompt -> new Reply.Unavailable("not asked for", false, Optional.empty()))
                .withInquirer(inquiry -> {
                    asked.add(inquiry);
                    return answer;
                });
        Task task = new Task("s", action, "What does late delivery cost?", Map.of(), Map.of(), List.of());
        return new ResearchAgent(Configs.defaults(ResearchAgent.Config.class)).perform(task, context);
    }

    private static FakeBusiness terms() {
        return new FakeBusiness().document("terms.md", "Late delivery costs the supplier 2 % of the price a day.");
    }

    private static Inquired says(String text, Inquired.Looked... looked) {
        return new Inquired.Answered(text, List.of(looked), EFFORT);
    }

    private static Outcome.Done done(Outcome outcome) {
        return (Outcome.Done) outcome;
    }

    @Test
    void showsAnAnswerThatRestsOnAPassage() {
        Outcome.Done done = done(ask("document_research", terms(), says("Late delivery costs 2 % a day [1].")));
        assertThat(done.data()).containsEntry("answer", "Late delivery costs 2 % a day [1].");
        assertThat(done.report().sections().get(0).heading()).isEqualTo("Answer");
        assertThat(done.report().sections().get(0).blocks().get(0).toString()).contains("terms.md");
        assertThat(done.report().toString()).contains("300 tokens read, 40 written", "the 3 oldest of its texts");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void givesThePassagesAsNumberedSources() {
        ask("document_research", terms(), says("[1]"));
        assertThat(asked.get(0).materials()).singleElement().satisfies(material -> {
            assertThat(material.name()).isEqualTo("[1] terms.md");
            assertThat(material.text()).contains("2 %");
        });
        assertThat(asked.get(0).instructions()).doesNotContain("2 %");
    }

    @Test
    void showsWhatRestsOnAPageThatWasRead() {
        Outcome.Done done = done(ask("", terms(), says("It takes 9 days, see https://lamps.example/terms.", PAGE)));
        assertThat(done.report().sections().get(0).blocks().get(0).toString())
                .contains(new Source.Web("https://lamps.example/terms", "https://lamps.example/terms").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Late delivery costs 3 % a day [1]. | uses the number 3, which no source has",
                "Late delivery costs 2 % a day. | a line of it names no source",
                "Late delivery costs 2 % a day [2]. | cites 2, which was not read",
                "Late delivery is dear [contract.md]. | cites contract.md, which was not read",
                "It is dear, see https://evil.example/x | cites https://evil.example/x, which was not read"
            })
    void doesNotShowWhatRestsOnNothing(String answer, String why) {
        Outcome.Done done = done(ask("document_research", terms(), says(answer)));
        assertThat(done.data()).doesNotContainKey("answer").containsKey("findings");
        assertThat(done.report().sections().get(0).toString())
                .contains("not shown", why)
                .doesNotContain(answer);
        assertThat(done.report().toString()).contains("Late delivery costs the supplier 2 %");
    }

    @Test
    void saysWhenTheSourcesSayNothing() {
        Outcome.Done done = done(ask("document_research", terms(), says("The sources do not say.")));
        assertThat(done.data()).doesNotContainKey("answer");
        assertThat(done.report().sections().get(0).toString()).contains("The sources do not say.");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void theQuotesStandWhenTheModelComesToNoAnswer() {
        Outcome.Done done =
                done(ask("document_research", terms(), new Inquired.Ended("all backends are down", true, EFFORT)));
        assertThat(done.report().toString())
                .contains("The model gave no answer: all backends are down.", "costs the supplier 2 %");
    }

    @Test
    void aFreeQuestionNeedsNoDocuments() {
        Outcome.Done done =
                done(ask("", new FakeBusiness(), says("It takes 9 days https://lamps.example/terms", PAGE)));
        assertThat(done.data()).containsKey("answer");
        assertThat(asked.get(0).tools()).contains("serpapi.search", "web.read");
    }

    @Test
    void aFreeQuestionWithNothingToQuoteFailsWithTheModelsReason() {
        assertThat(ask("", new FakeBusiness(), new Inquired.Ended("all backends are down", true, EFFORT)))
                .isEqualTo(new Outcome.Failed("all backends are down", true));
    }

    @Test
    void namesWhatTheToolsMissed() {
        Inquired.Looked missed =
                new Inquired.Looked("serpapi.search", Map.of(), new ToolResult.Missing(List.of("a key of SerpAPI")));
        assertThat(done(ask("document_research", terms(), says("It costs 2 % [1].", missed)))
                        .report()
                        .toString())
                .contains("serpapi.search misses a key of SerpAPI");
    }
}
