/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import static ai.king.agent.research.WebDouble.context;
import static ai.king.agent.research.WebDouble.done;
import static ai.king.agent.research.WebDouble.finds;
import static ai.king.agent.research.WebDouble.hit;
import static ai.king.agent.research.WebDouble.perform;
import static ai.king.agent.research.WebDouble.spec;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherTest {

    @Test
    void readsNoPageForAResultThatStatesItsPrice() {
        FakeContext context =
                context(finds(hit("https://a.example/", "Bed", "", "price", "$12.99", "source", "Pawsome")));
        Outcome.Done done = done("product_research", "Find dog beds", context);
        assertThat(context.calls()).extracting(FakeContext.Call::tool).doesNotContain("web.read");
        assertThat(done.data().get("products").toString()).contains("seller=Pawsome");
    }

    @Test
    void givesRangeAndMedianOfPricesByCurrency() {
        Outcome.Done done = done(
                "product_research",
                "Find dog beds",
                context(finds(
                        hit("https://a.example/1", "Bed A", "", "price", "€30,00"),
                        hit("https://b.example/2", "Bed B", "", "price", "1.049,50 €"),
                        hit("https://c.example/3", "Bed C", "only € 40 now"),
                        hit("https://d.example/4", "Bed D", "", "price", "$12.99"),
                        hit("https://e.example/5", "Bed E", "sold 5000 times"))));
        assertThat(done.data().get("prices").toString())
                .contains("currency=EUR, n=3, median=40, lowest=30.00, highest=1049.50")
                .contains("currency=$, n=1, median=12.99");
        assertThat((List<?>) done.data().get("products")).hasSize(4);
        assertThat(done.report().toString()).contains("2 give it as their price, 1 name it in their words");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void searchesForTheProductsThatTheGoalNames() {
        FakeContext context = context(finds())
                .with(new FakeBusiness()
                        .columns("products", "sku", "name")
                        .row("products", "A", "Squeaky Fox")
                        .row("products", "B", "Other Toy"));
        done("product_research", "What do others ask for the squeaky fox?", context);
        assertThat(context.calls()).singleElement().satisfies(call -> assertThat(call.arguments())
                .containsEntry("query", "Squeaky Fox")
                .containsEntry("kind", "shop"));
    }

    @Test
    void listsHostsByTheSearchesTheyAppearIn() {
        FakeContext context =
                context(arguments -> arguments.get("query").toString().startsWith("buy")
                        ? finds(
                                        hit("https://a.example/1", "A", "", "position", "1"),
                                        hit("https://both.example/2", "Both", ""))
                                .apply(arguments)
                        : finds(hit("https://both.example/3", "Both", "Pawsome and others"))
                                .apply(arguments));
        Outcome.Done done = (Outcome.Done) perform(
                "competitor_analysis",
                "Who competes for dog beds?",
                Map.of("competitors", List.of("Pawsome", "Nobody")),
                context);
        assertThat(((List<?>) done.data().get("competitors")).get(0).toString())
                .contains("host=both.example", "results=2");
        assertThat(done.data().get("named").toString()).contains("name=Nobody").contains("results=no data");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void namesThemesThatSeveralHostsShare() {
        Outcome.Done done = done(
                "market_research",
                "Research the market for dog beds",
                new FakeContext()
                        .with(
                                spec("serpapi.search"),
                                finds(
                                        hit("https://a.example/1", "Orthopedic foam", "Memory foam for old dogs."),
                                        hit("https://b.example/2", "Beds", "Memory foam is washable."),
                                        hit("https://b.example/3", "Beds", "Washable covers."))));
        assertThat(done.data().get("themes").toString())
                .contains("term=memory foam")
                .doesNotContain("term=memory,", "term=memory}", "term=foam,", "term=foam}")
                .doesNotContain("washable", "dog", "orthopedic");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    private static Outcome.Done trend(int early, int late) {
        List<Map<String, Object>> hits = new ArrayList<>();
        for (int i = 0; i < early; i++) {
            hits.add(hit("https://e" + i + ".example/", "Beds", "Dog beds.", "date", "Dec 5, 2025"));
        }
        for (int i = 0; i < late; i++) {
            hits.add(hit("https://l" + i + ".example/", "Beds", "Dog beds.", "date", "3 weeks ago"));
        }
        hits.add(hit("https://undated.example/", "Beds", "Dog beds."));
        return done(
                "trend_analysis", "Trend of dog beds", context(arguments -> ToolResult.ok(Map.of("results", hits))));
    }

    @Test
    void tellsADirectionOnlyFromEnoughDatedResults() {
        assertThat(trend(0, 0).data()).containsEntry("trend", "no data");
        assertThat(trend(0, 7).data())
                .containsEntry("trend", "no data")
                .containsEntry("dated", 7)
                .containsEntry("firstSeen", "2026-09-10");
        assertThat(trend(1, 10).data()).containsEntry("trend", "rising");
        assertThat(trend(10, 1).data()).containsEntry("trend", "falling").containsEntry("firstSeen", "2025-12-05");
        assertThat(trend(5, 6).data()).containsEntry("trend", "no clear direction");
        assertThat(trend(1, 10).data().get("months").toString()).contains("2025-12=1", "2026-09=10", "2026-01=0");
        assertThat(Sources.missingIn(trend(1, 10).report())).isEmpty();
    }
}
