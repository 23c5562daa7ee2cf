/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(Map<String, Object> input, FakeContext context) {
        return new CommerceAgent(Configs.defaults(CommerceAgent.Config.class))
                .perform(new Task("s", "catalogue", "The catalogue", input, Map.of(), List.of()), context);
    }

    private static FakeBusiness small() {
        return new FakeBusiness()
                .columns("products", "sku", "name", "unit_cost", "list_price")
                .row("products", "A-1", "Good", "4.00", "9.99")
                .row("products", "A-2", "Costless", "", "9.99")
                .row("products", "A-3", "Priceless", "4.00", "")
                .row("products", "A-4", "Cheap", "9.00", "9.99")
                .row("products", "A-5", "Gone", "4.00", "9.99")
                .columns("stock", "sku", "date", "on_hand")
                .row("stock", "A-1", "2026-09-30", "20")
                .row("stock", "A-2", "2026-09-30", "20")
                .row("stock", "A-3", "2026-09-30", "20")
                .row("stock", "A-4", "2026-09-30", "20")
                .row("stock", "A-5", "2026-09-30", "0");
    }

    private static String value(Outcome outcome, String label) {
        return ((Outcome.Done) outcome)
                .report().sections().stream()
                        .flatMap(section -> section.blocks().stream())
                        .filter(block -> block instanceof Report.Figure figure
                                && figure.label().equals(label))
                        .map(block -> ((Report.Figure) block).value())
                        .findFirst()
                        .orElse("absent");
    }

    private static List<List<String>> rows(Outcome outcome, String title) {
        return ((Outcome.Done) outcome)
                .report().sections().stream()
                        .flatMap(section -> section.blocks().stream())
                        .filter(block -> block instanceof Report.Table table
                                && table.title().equals(title))
                        .map(block -> ((Report.Table) block).rows())
                        .findFirst()
                        .orElse(List.of());
    }

    @Test
    void countsWhatTheSampleOffersAndWhatItsRecordsLack() {
        Outcome outcome = perform(Map.of(), new FakeContext().with(SAMPLE));
        assertThat(value(outcome, "Articles")).isEqualTo("24");
        assertThat(value(outcome, "Below the minimum margin of 30.0 %")).isEqualTo("2");
        assertThat(value(outcome, "No cost")).isEqualTo("0");
        assertThat(rows(outcome, "What is offered")).hasSize(24);
        assertThat(((Outcome.Done) outcome).report().toString()).contains("No data of the shop", "shopify.products");
        assertThat(Sources.missingIn(((Outcome.Done) outcome).report())).isEmpty();
    }

    @Test
    void namesEachGapOfARecord() {
        Outcome outcome = perform(Map.of("minimum_products", 5), new FakeContext().with(small()));
        assertThat(((Outcome.Done) outcome).data().get("gaps"))
                .isEqualTo(Map.of(
                        "A-2", List.of("no cost"),
                        "A-3", List.of("no price"),
                        "A-4", List.of("below the minimum margin of 30.0 %"),
                        "A-5", List.of("not in stock")));
        assertThat(value(outcome, "Complete")).isEqualTo("1");
        assertThat(value(outcome, "Not sold in 90 days")).isEqualTo("no data");
        assertThat(((Outcome.Done) outcome).report().toString())
                .contains("Complete the records of 4 more articles", "no records of kind orders");
    }

    @Test
    void aBusinessWithoutStockMayStillOfferAndAnUncountedArticleIsNamed() {
        FakeBusiness stockless = new FakeBusiness()
                .columns("products", "sku", "name", "unit_cost", "list_price")
                .row("products", "A-1", "Good", "4.00", "9.99");
        Outcome outcome = perform(Map.of(), new FakeContext().with(stockless));
        assertThat(value(outcome, "Not in stock")).isEqualTo("no data");
        assertThat(value(outcome, "Complete")).isEqualTo("1");
        Outcome counted =
                perform(Map.of(), new FakeContext().with(small().row("products", "A-6", "New", "1.00", "3.99")));
        assertThat(value(counted, "Never counted")).isEqualTo("1");
    }

    @Test
    void saysWhereRecordsAndShopDiffer() {
        ShopDouble shop = new ShopDouble()
                .article("A-1", "8.99", "DRAFT")
                .article("A-5", "9.99", "ACTIVE")
                .article("B-1", "1.00", "ACTIVE");
        List<List<String>> rows = rows(perform(Map.of(), shop.at(new FakeContext().with(small()))), "Records and shop");
        assertThat(rows)
                .contains(
                        List.of("A-1", "another price", "9.99", "8.99"),
                        List.of("A-1", "complete and not on sale", "complete", "DRAFT"),
                        List.of("A-2", "not in the shop", "Costless", ""),
                        List.of("A-5", "on sale and not in stock", "not in stock", "ACTIVE"),
                        List.of("B-1", "not in the records", "", "Title of B-1"));
    }

    @Test
    void publishesOnlyWhatIsAskedForAndComplete() {
        FakeContext context = new ShopDouble().at(new FakeContext().with(small()));
        perform(Map.of(), context);
        assertThat(context.calls()).extracting(FakeContext.Call::tool).containsOnly(Shop.PRODUCTS);
        Outcome outcome = perform(Map.of("publish", List.of("A-1", "A-4", "X")), context);
        assertThat(((Outcome.Done) outcome).data()).containsEntry("published", List.of("A-1"));
        assertThat(context.calls())
                .contains(
                        new FakeContext.Call(Shop.DRAFT, Map.of("title", "Good", "price", "9.99", "sku", "A-1")),
                        new FakeContext.Call(Shop.PUBLISH, Map.of("product", "gid://shopify/Product/99")));
        assertThat(rows(outcome, "Put on sale in the shop"))
                .contains(
                        List.of("A-4", "not published: below the minimum margin of 30.0 %"),
                        List.of("X", "not published: no article of the records has this number"));
    }

    @Test
    void publishesTheDraftThatIsThereAndNotASecondOne() {
        FakeContext context = new ShopDouble().article("A-1", "9.99", "DRAFT").at(new FakeContext().with(small()));
        perform(Map.of("publish", "A-1"), context);
        assertThat(context.calls()).extracting(FakeContext.Call::tool).containsExactly(Shop.PRODUCTS, Shop.PUBLISH);
    }

    @Test
    void declinesToPublishWithoutAShopAndWithoutNames() {
        Outcome outcome = perform(Map.of("publish", "A-1"), new FakeContext().with(small()));
        assertThat(((Outcome.Declined) outcome).missing().toString()).contains("shopify.products");
        assertThat(perform(Map.of("publish", true), new ShopDouble().at(new FakeContext().with(small()))))
                .isInstanceOf(Outcome.Declined.class);
        assertThat(perform(Map.of(), new FakeContext().with(new FakeBusiness())))
                .isEqualTo(new Outcome.Declined(List.of("records of kind products")));
    }
}
