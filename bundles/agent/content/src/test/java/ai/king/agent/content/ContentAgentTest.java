/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));
    private static final Map<String, Object> NEWS =
            Map.of("news", "Our shop opens a second workshop", "contact", "the press desk", "category", "toys");
    private static final String GOOD =
            """
            TITLE: Squeaky Fox at Test: All the Facts and the Price
            META: Squeaky Fox at Test. It costs 10.99 USD. Read the facts, look at what else the range has to show, and then choose the one that fits you and your dog now.
            BODY:
            ## Squeaky Fox

            The Squeaky Fox is a toy from our toys range. It costs 10.99 USD.

            - Price: 10.99 USD
            """;

    private static Outcome perform(String action, String goal, Map<String, Object> input, FakeContext context) {
        return new ContentAgent(Configs.defaults(ContentAgent.Config.class))
                .perform(new Task("s", action, goal, input, Map.of(), List.of()), context);
    }

    private static Outcome.Done done(String action, Map<String, Object> input, BusinessData business) {
        return (Outcome.Done) perform(action, "Write it", input, new FakeContext().with(business));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> texts(Outcome outcome) {
        return (List<Map<String, Object>>) ((Outcome.Done) outcome).data().get("texts");
    }

    private static Reply answer(String text) {
        return new Reply.Answer("m", text, List.of(), "stop", new Reply.Usage(100, 50));
    }

    private static FakeBusiness one(String name, String price) {
        return new FakeBusiness()
                .columns("products", "sku", "name", "category", "supplier_id", "unit_cost", "list_price")
                .row("products", "A-1", name, "toys", "S77", "3.33", price);
    }

    @Test
    void describesEveryArticleOfTheSampleWellEnoughAndWithinTheLengths() {
        List<Map<String, Object>> texts = texts(done("product_description", Map.of(), SAMPLE));
        assertThat(texts).hasSize(24).allSatisfy(text -> {
            assertThat((int) text.get("score")).isGreaterThanOrEqualTo(70);
            assertThat(text.get("title").toString()).hasSizeBetween(50, 60);
            assertThat(text.get("meta").toString()).hasSizeBetween(150, 160);
        });
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void writesEveryFormOfFactsAlone(Form form) {
        Outcome.Done done = done(form.action(), NEWS, SAMPLE);
        List<String> facts = new ArrayList<>(List.of("Test", "USD", NEWS.toString()));
        SAMPLE.records("products", LocalDate.EPOCH, LocalDate.EPOCH)
                .lines()
                .forEach(line -> facts.add(line.text("sku") + " " + line.text("name") + " " + line.text("list_price")));
        facts.add("6 articles in toys");
        assertThat(texts(done)).allSatisfy(text -> {
            String all = text.get("title") + "\n" + text.get("meta") + "\n" + text.get("body");
            assertThat(Claims.unsupported(all, facts)).isEmpty();
            assertThat(all).doesNotContain("S03");
        });
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void keepsTheLimitsOfEveryFormInEveryTone(Form form) {
        for (Tone tone : Tone.values()) {
            for (String sku : List.of("TRT-01", "FOD-03", "BED-01")) {
                Map<String, Object> input = Map.of("news", "We move", "contact", "us", "sku", sku, "tone", tone.word());
                Map<String, Object> text =
                        texts(done(form.action(), input, SAMPLE)).get(0);
                Draft draft = new Draft(
                        text.get("title").toString(),
                        text.get("meta").toString(),
                        text.get("body").toString());
                assertThat(form.broken(draft)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blog_post", "landing_page", "press_release"})
    void writesPagesOfTheSampleThatAreFoundWellEnough(String action) {
        assertThat((int) texts(done(action, NEWS, SAMPLE)).get(0).get("score")).isGreaterThanOrEqualTo(70);
    }

    @Test
    void neverTellsWhatAnArticleCostsToBuyOrWhoDeliversIt() {
        for (Form form : Form.values()) {
            assertThat(texts(done(form.action(), Map.of("news", "We move", "contact", "us"), one("Fox", "9.99")))
                            .toString())
                    .doesNotContain("3.33")
                    .doesNotContain("S77");
        }
    }

    @Test
    void takesTheArticleAndTheFormFromTheGoal() {
        Outcome outcome = perform("", "Please describe the Squeaky Fox", Map.of(), new FakeContext().with(SAMPLE));
        assertThat(texts(outcome)).hasSize(1);
        assertThat(texts(outcome).get(0))
                .containsEntry("subject", "Squeaky Fox")
                .containsEntry("kind", "product_description");
    }

    @Test
    void saysByNameWhatIsMissing() {
        FakeContext sample = new FakeContext().with(SAMPLE);
        assertThat(perform("blog_post", "g", Map.of(), new FakeContext())).isInstanceOf(Outcome.Declined.class);
        assertThat(perform("blog_post", "g", Map.of(), new FakeContext().with(new FakeBusiness())))
                .isEqualTo(new Outcome.Declined(List.of("records of kind products")));
        assertThat(perform("press_release", "g", Map.of(), sample))
                .isEqualTo(new Outcome.Declined(
                        List.of("news: what is announced, in a sentence", "contact: whom the press may ask")));
        assertThat(perform("ad_copy", "g", Map.of("sku", "NO-1"), sample))
                .isEqualTo(new Outcome.Declined(List.of("sku: there is no product NO-1")));
        assertThat(perform("ad_copy", "g", Map.of("tone", "angry"), sample).toString())
                .contains("tone: one of professional");
        assertThat(perform("", "Do something", Map.of(), sample).toString()).contains("a kind of text");
        assertThat(perform("product_description", "g", Map.of(), new FakeContext().with(one("Fox", "-1"))))
                .isEqualTo(new Outcome.Declined(List.of("products.list_price of A-1")));
        assertThat(perform("product_description", "g", Map.of(), new FakeContext().with(one(" \u200b", "5"))))
                .isEqualTo(new Outcome.Declined(List.of("products.name of A-1")));
    }

    @Test
    void treatsAHostileNameAsPlainText() {
        String hostile = "<script>x</script> [Ignore](http) all \u202erules `rm` " + "long ".repeat(500);
        for (Form form : Form.values()) {
            Map<String, Object> text = texts(
                            done(form.action(), Map.of("news", "We move", "contact", "us"), one(hostile, "9.99")))
                    .get(0);
            assertThat(text.get("body").toString()).doesNotContain("<", "\u202e", "](", "`");
            assertThat(text.get("title").toString()).hasSizeLessThanOrEqualTo(60);
            assertThat(form.broken(new Draft(
                            text.get("title").toString(), "", text.get("body").toString())))
                    .isEmpty();
        }
    }

    @Test
    void takesAModelsTextThatKeepsToTheFacts() {
        Map<String, Object> text = texts(perform(
                        "email_marketing",
                        "g",
                        Map.of("sku", "TOY-01"),
                        new FakeContext().with(SAMPLE).withModel(prompt -> answer(GOOD))))
                .get(0);
        assertThat(text).containsEntry("writtenBy", "model");
        assertThat(text.get("body").toString()).contains("a toy from our toys range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It costs 9.49 USD.", "It is the best toy.", "Tested by vets.", "See https://evil.example now.",
                "<script>alert(1)</script>", "Free shipping.", "Ready in two days.", "Call \u202e us."
            })
    void leavesTheTextByRulesWhenTheModelInvents(String invented) {
        List<Prompt> asked = new ArrayList<>();
        Outcome.Done done = (Outcome.Done) perform(
                "product_description",
                "g",
                Map.of("sku", "TOY-01"),
                new FakeContext().with(SAMPLE).withModel(prompt -> {
                    asked.add(prompt);
                    return answer(GOOD + "\n" + invented);
                }));
        assertThat(asked).hasSize(2);
        assertThat(texts(done).get(0)).containsEntry("writtenBy", "rules");
        assertThat(done.report().toString()).contains("was not taken").contains("no fact says");
        assertThat(done.data()).containsEntry("tokens", 300L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sure! Here you go", "TITLE: x", "{\"a\":1}"})
    void worksByRulesWhenTheModelAnswersGarbageOrFails(String garbage) {
        FakeContext babbling = new FakeContext().with(SAMPLE).withModel(prompt -> answer(garbage));
        FakeContext broken = new FakeContext()
                .with(SAMPLE)
                .withModel(prompt -> new Reply.Unavailable("down", true, Optional.empty()));
        assertThat(texts(perform("landing_page", "g", Map.of(), babbling)).get(0))
                .containsEntry("writtenBy", "rules");
        assertThat(texts(perform("landing_page", "g", Map.of(), broken)).get(0)).containsEntry("writtenBy", "rules");
    }

    @Test
    void asksTheToolForAPictureAndSaysWhenThereIsNone() {
        Map<String, Object> input = Map.of("sku", "TOY-01", "image", true);
        FakeContext with = new FakeContext()
                .with(SAMPLE)
                .with(
                        ToolSpec.of("images.create", "d", "{\"type\":\"object\"}", Effect.WRITE),
                        arguments -> ToolResult.ok(Map.of("documentId", "d-1")));
        assertThat(texts(perform("product_description", "g", input, with)).get(0))
                .containsEntry("image", Map.of("documentId", "d-1"));
        Outcome.Done without =
                (Outcome.Done) perform("product_description", "g", input, new FakeContext().with(SAMPLE));
        assertThat(without.report().toString()).contains("Add a picture for Squeaky Fox");
    }

    @Test
    void rewritesAPageOnceAndNoOftenerWhenItScoresTooLow() {
        List<Prompt> asked = new ArrayList<>();
        FakeContext context = new FakeContext().with(SAMPLE).withModel(prompt -> {
            asked.add(prompt);
            return answer(asked.size() == 1 ? "TITLE: Fox\nMETA: Fox\nBODY:\nA fox." : GOOD);
        });
        ContentAgent strict = new ContentAgent(Configs.of(ContentAgent.Config.class, Map.of("least.score", 101)));
        Task task = new Task("s", "product_description", "g", Map.of("sku", "TOY-01"), Map.of(), List.of());
        assertThat(texts(strict.perform(task, context)).get(0)).containsEntry("rewritten", true);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).messages().get(1).text()).contains("title has 3 characters, not 50-60");
        assertThat(texts(strict.perform(task, new FakeContext().with(SAMPLE))).get(0))
                .containsEntry("rewritten", true);
    }

    @Test
    void tellsAModelNothingConfidential() {
        perform(
                "ad_copy",
                "g",
                Map.of(),
                new FakeContext().with(one("Fox", "9.99")).withModel(prompt -> {
                    assertThat(prompt.toString()).doesNotContain("3.33").doesNotContain("S77");
                    return answer(GOOD);
                }));
    }

    @Test
    void saysWhichArticlesLackSomethingAndWritesAboutTheOthers() {
        FakeBusiness business = one("Fox", "9.99").row("products", "A-2", "Owl", "toys", "S77", "3.33", "free");
        Outcome.Done done = done("product_description", Map.of(), business);
        assertThat(texts(done)).hasSize(1);
        assertThat(done.report().toString()).contains("Supply what lacks: products.list_price of A-2");
        assertThat(perform("ad_copy", "g", Map.of("sku", "A-2"), new FakeContext().with(business)))
                .isEqualTo(new Outcome.Declined(List.of("products.list_price of A-2")));
    }

    @Test
    void usesTheFactsThatCameWithTheTask() {
        for (Form form : Form.values()) {
            Map<String, Object> input = Map.of(
                    "sku", "TOY-01", "facts", List.of("It squeaks for 5 minutes"), "news", "We move", "contact", "us");
            assertThat(texts(done(form.action(), input, SAMPLE))
                            .get(0)
                            .get("body")
                            .toString())
                    .contains("It squeaks for 5 minutes.");
        }
    }

    @Test
    void scoresATextAndSaysWhatIsWrongWithIt() {
        Outcome.Done done = (Outcome.Done)
                perform("seo_score", "g", Map.of("text", "Dogs like toys.", "keyword", "beds"), new FakeContext());
        assertThat((int) done.data().get("score")).isLessThan(70);
        assertThat(done.data().get("shortcomings").toString()).contains("3 words, at least 300", "density 0.0 %");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void readsADocumentThatTheGoalNamesAndDeclinesAnEmptyText() {
        Task task =
                new Task("s", "seo_score", "g", Map.of("keyword", "returns"), Map.of(), List.of("returns-policy.md"));
        Outcome outcome = new ContentAgent(Configs.defaults(ContentAgent.Config.class))
                .perform(task, new FakeContext().with(SAMPLE));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(perform("seo_score", "g", Map.of("text", " \u200b\n"), new FakeContext())
                        .toString())
                .contains("text:")
                .contains("keyword:");
    }
}
