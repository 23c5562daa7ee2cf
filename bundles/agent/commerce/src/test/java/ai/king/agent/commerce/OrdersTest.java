/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import static org.assertj.core.api.Assertions.assertThat;

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

class OrdersTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(FakeContext context) {
        return new CommerceAgent(Configs.defaults(CommerceAgent.Config.class))
                .perform(new Task("s", "orders", "The orders", Map.of("months", 3), Map.of(), List.of()), context);
    }

    private static Report.Figure figure(Outcome outcome, String label) {
        return ((Outcome.Done) outcome)
                .report().sections().stream()
                        .flatMap(section -> section.blocks().stream())
                        .filter(block -> block instanceof Report.Figure figure
                                && figure.label().equals(label))
                        .map(block -> (Report.Figure) block)
                        .findFirst()
                        .orElseThrow();
    }

    private static Report.Table table(Outcome outcome, String title) {
        return ((Outcome.Done) outcome)
                .report().sections().stream()
                        .flatMap(section -> section.blocks().stream())
                        .filter(block -> block instanceof Report.Table table
                                && table.title().startsWith(title))
                        .map(block -> (Report.Table) block)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void countsTheStatesOfTheSampleWithTheirRows() {
        Outcome outcome = perform(new FakeContext().with(SAMPLE));
        Report.Figure returned = figure(outcome, "Returned, orders");
        assertThat(returned.value()).startsWith("775 (");
        assertThat(returned.sources().get(0)).isInstanceOfSatisfying(Source.Rows.class, rows -> assertThat(rows.count())
                .isEqualTo(775));
        assertThat(table(outcome, "Orders by month and state").rows()).hasSize(3);
        assertThat(table(outcome, "The largest orders").rows()).hasSize(10);
        assertThat(Sources.missingIn(((Outcome.Done) outcome).report())).isEmpty();
    }

    @Test
    void whatTheRecordsDoNotTellIsNoDataWithTheReason() {
        Outcome outcome = perform(new FakeContext().with(SAMPLE));
        for (String label : List.of("Open, orders", "Late, orders", "Shipped, orders", "Refunded, orders")) {
            Report.Figure figure = figure(outcome, label);
            assertThat(figure.value()).isEqualTo("no data");
            assertThat(figure.sources().toString()).contains("the column status of orders holds cancelled, completed");
        }
        assertThat(((Outcome.Done) outcome).report().toString()).contains("No data of the shop", "shopify.orders");
    }

    @Test
    void findsTheMistypedPriceAndTheOrderEnteredTwice() {
        List<List<String>> odd = table(perform(new FakeContext().with(SAMPLE)), "Orders that look wrong")
                .rows();
        assertThat(odd)
                .anyMatch(row -> row.get(2).equals("TOY-03") && row.get(7).contains("the list price is 24.99"));
        assertThat(odd)
                .anyMatch(row -> row.get(2).equals("WLK-01") && row.get(7).startsWith("the same as O"));
        assertThat(odd).hasSizeLessThan(40);
    }

    @Test
    void tellsTheAgeOfTheOpenOrdersOfRecordsAndShop() {
        FakeBusiness business = new FakeBusiness()
                .columns("orders", "order_id", "date", "sku", "quantity", "unit_price", "status")
                .row("orders", "O1", "2026-09-20", "A-1", "2", "9.99", "open")
                .row("orders", "O2", "2026-09-30", "A-1", "9", "9.99", "open");
        FakeContext context =
                new ShopDouble().order(7, "2026-09-25", "PAID", "A-1", 1).at(new FakeContext().with(business));
        Outcome outcome = perform(context);
        assertThat(figure(outcome, "Open, orders").value()).isEqualTo("2");
        assertThat(figure(outcome, "Late, orders").value()).isEqualTo("1");
        assertThat(figure(outcome, "Age of the oldest open, orders").value()).isEqualTo("11 days");
        assertThat(((Outcome.Done) outcome).data())
                .containsEntry("open", List.of("O1", "O2"))
                .containsEntry("openInShop", List.of("#7"));
    }

    @Test
    void declinesWithoutOrders() {
        Outcome outcome = perform(new FakeContext().with(new FakeBusiness()));
        assertThat(((Outcome.Declined) outcome).missing().get(0)).isEqualTo("records of kind orders");
    }
}
