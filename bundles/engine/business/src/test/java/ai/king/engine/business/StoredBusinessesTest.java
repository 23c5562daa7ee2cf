/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Records;
import ai.king.business.Business;
import ai.king.business.Business.Status;
import ai.king.business.Businesses.Change;
import ai.king.business.Businesses.Grain;
import ai.king.business.Businesses.Health;
import ai.king.business.Businesses.Imported;
import ai.king.business.Businesses.NewBusiness;
import ai.king.business.Businesses.Part;
import ai.king.business.Businesses.Period;
import ai.king.business.Businesses.Rejected;
import ai.king.business.StoredDocument;
import ai.king.business.TransitionRefused;
import ai.king.store.Actor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredBusinessesTest {

    private static final Actor ANN = Actor.person("ann");
    private static final LocalDate FIRST = LocalDate.of(2024, 10, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 9, 30);
    private static final String ORDERS = "order_id,date,customer_id,sku,quantity,unit_price,discount,channel,status\n";

    private final TestStore store = new TestStore().withBusiness();
    private final StoredBusinesses businesses = new StoredBusinesses(store, store, TestStore.UNREAD);

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    private Imported csv(String kind, String text, boolean partial) {
        return businesses.importCsv(ANN, "b-1", kind, stream(text), partial);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Records rows(String kind) {
        return businesses.data("b-1").records(kind, FIRST, LAST);
    }

    @Test
    void createsABusinessInDiscoveryAndSaysSo() {
        Business made = businesses.create(ANN, new NewBusiness(" Shop ", "ecommerce", "", "USD", null));
        assertThat(businesses.find(made.id())).contains(made);
        assertThat(made.name()).isEqualTo("Shop");
        assertThat(made.status()).isEqualTo(Status.DISCOVERY);
        assertThat(made.niche()).isNull();
        assertThat(store.events()).containsExactly("business.created global business:" + made.id());
    }

    @Test
    void refusesABusinessWithoutNameOrCurrency() {
        assertThatThrownBy(() -> businesses.create(ANN, new NewBusiness(" ", "x", null, "USD", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name is empty");
        assertThatThrownBy(() -> businesses.create(ANN, new NewBusiness("Shop", "x", null, "dollar", null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesOnlyWhatIsSaid() {
        Business changed = businesses.change(ANN, "b-1", new Change(null, "cats", null));
        assertThat(changed.name()).isEqualTo("Test");
        assertThat(changed.niche()).isEqualTo("cats");
        assertThatThrownBy(() -> businesses.change(ANN, "nobody", new Change("x", null, null)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void storesNothingWhenOneLineIsBad() {
        Imported imported = csv("costs", "date,category,amount\n2026-01-01,rent,5\n2026-01-02,rent,five\n", false);
        assertThat(imported.accepted()).isZero();
        assertThat(imported.rejected())
                .hasSize(1)
                .first()
                .extracting(Rejected::line)
                .isEqualTo(3L);
        assertThat(rows("costs").rows()).isEmpty();
        assertThat(store.ledger()).isEmpty();
    }

    @Test
    void storesTheGoodLinesWhenAskedTo() {
        Imported imported = csv("costs", "date,category,amount\n2026-01-01,rent,5\n2026-01-02,rent,five\n", true);
        assertThat(imported.accepted()).isEqualTo(1);
        assertThat(imported.rejected()).hasSize(1);
        assertThat(rows("costs").rows())
                .containsExactly(List.of(LocalDate.of(2026, 1, 1), "rent", new BigDecimal("5.00"), ""));
        assertThat(store.ledger()).hasSize(1).first().asString().contains("\"accepted\":1");
    }

    @Test
    void refusesAnOrderThatIsSentTwice() {
        String line = "A,2026-01-01,C,S,1,10.00,0,web,completed\n";
        assertThat(csv("orders", ORDERS + line + line, true).rejected())
                .containsExactly(new Rejected(3, "the same order_id stands in the lines before"));
        assertThat(csv("orders", ORDERS + line, true).rejected())
                .containsExactly(new Rejected(2, "a line with this order_id is stored already"));
        assertThat(rows("orders").rows()).hasSize(1);
    }

    @Test
    void knowsADuplicateAcrossBatches() {
        StringBuilder text = new StringBuilder(ORDERS);
        for (int i = 0; i < 1200; i++) {
            text.append('O').append(i % 1100).append(",2026-01-01,C,S,1,10.00,0,web,completed\n");
        }
        Imported imported = csv("orders", text.toString(), true);
        assertThat(imported.accepted()).isEqualTo(1100);
        assertThat(imported.rejected())
                .hasSize(100)
                .first()
                .extracting(Rejected::line)
                .isEqualTo(1102L);
    }

    @Test
    void replacesAProductThatIsSentAgain() {
        String header = "sku,name,unit_cost,list_price\n";
        csv("products", header + "S,Bed,10.00,25.00\n", false);
        assertThat(csv("products", header + "S,Bed,11.00,25.00\n", false).accepted())
                .isEqualTo(1);
        assertThat(rows("products").rows())
                .containsExactly(List.of("S", "Bed", "", "", new BigDecimal("11.00"), new BigDecimal("25.00"), ""));
        assertThat(csv("products", header + "S,Bed,1,2\nS,Bed,3,4\n", false).rejected())
                .containsExactly(new Rejected(3, "the same sku stands in the lines before"));
    }

    @Test
    void keepsACostThatWasBookedTwiceButKnowsTheSameFileAgain() {
        String text = "date,category,amount,note\n2026-01-01,rent,5,a\n2026-01-01,rent,5,a\n2026-01-02,rent,5,a\n";
        assertThat(csv("costs", text, false).accepted()).isEqualTo(3);
        assertThat(csv("costs", text, true).rejected()).hasSize(3);
    }

    @Test
    void namesAThousandBadLinesAndCountsTheRest() {
        String text = "date,category,amount\n" + "x,rent,5\n".repeat(1500);
        Imported partial = csv("costs", text, true);
        assertThat(partial.rejected())
                .hasSize(1001)
                .last()
                .extracting(Rejected::reason)
                .isEqualTo("500 more lines are bad");
        assertThat(csv("costs", text, false).rejected())
                .last()
                .extracting(Rejected::reason)
                .asString()
                .contains("too many");
    }

    @Test
    void importsRowsThatCameAsJson() {
        Imported imported = businesses.importRows(
                ANN,
                "b-1",
                "costs",
                List.of(
                        Map.of("date", "2026-01-01", "category", "rent", "amount", new BigDecimal("5.5")),
                        Map.of("date", "2026-01-01", "category", "rent", "amount", 7, "colour", "red"),
                        Map.of("date", "2026-01-01", "category", "rent", "amount", new BigDecimal("1E+999999"))),
                true);
        assertThat(imported.accepted()).isEqualTo(1);
        assertThat(imported.rejected())
                .containsExactly(
                        new Rejected(2, "unknown column \"colour\""), new Rejected(3, "amount has too many digits"));
    }

    @Test
    void refusesUnknownKindsAndBusinesses() {
        assertThatThrownBy(() -> csv("invoices", "a\n", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders products costs");
        assertThatThrownBy(() -> businesses.importCsv(ANN, "nobody", "costs", stream("date\n"), false))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void addsUpProfitAndLossByWeek() {
        csv("products", "sku,name,unit_cost,list_price\nS,Bed,4.00,10.00\n", false);
        csv(
                "orders",
                ORDERS + "A,2026-01-05,C,S,2,10.00,1.00,web,completed\n"
                        + "B,2026-01-11,C,S,1,10.00,0,web,returned\n"
                        + "C,2026-01-11,C,S,1,10.00,0,web,cancelled\n"
                        + "D,2026-01-12,C,T,1,10.00,0,web,completed\n",
                false);
        csv("costs", "date,category,amount\n2026-01-05,rent,3.00\n2026-01-05,cash_balance,900\n", false);
        csv("advertising", "date,channel,spend\n2026-01-06,web,2.00\n", false);
        List<Period> weeks = businesses.pnl("b-1", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31), Grain.WEEK);
        assertThat(weeks).hasSize(2);
        Period first = weeks.get(0);
        assertThat(first.from()).isEqualTo(LocalDate.of(2026, 1, 5));
        assertThat(first.to()).isEqualTo(LocalDate.of(2026, 1, 11));
        assertThat(first.revenue().amount()).isEqualTo("19.00");
        assertThat(first.costOfGoods().amount()).isEqualTo("12.00");
        assertThat(first.profit().amount()).isEqualTo("2.00");
        assertThat(first.margin()).isEqualTo("0.3684");
        assertThat(first.orders()).isEqualTo(2);
        assertThat(first.withoutCost()).isZero();
        assertThat(weeks.get(1).withoutCost()).isEqualTo(1);
    }

    @Test
    void hasNoPeriodWithoutRowsAndNoMarginWithoutRevenue() {
        csv("costs", "date,category,amount\n2026-03-05,rent,3.00\n", false);
        List<Period> months = businesses.pnl("b-1", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31), Grain.MONTH);
        assertThat(months).hasSize(1);
        assertThat(months.get(0).margin()).isNull();
        assertThat(months.get(0).profit().amount()).isEqualTo("-3.00");
    }

    @Test
    void importsTheSampleBusinessAndAddsItUp() throws IOException {
        Path folder = Path.of("../../../config/examples/pet-supplies");
        for (String kind : businesses.kinds().keySet()) {
            try (InputStream file = Files.newInputStream(folder.resolve(kind + ".csv"))) {
                Imported imported = businesses.importCsv(ANN, "b-1", kind, file, false);
                assertThat(imported.rejected()).as(kind).isEmpty();
            }
        }
        assertThat(businesses.kindsWithRows("b-1")).hasSize(8);
        List<Period> months = businesses.pnl("b-1", FIRST, LAST, Grain.MONTH);
        assertThat(months).hasSize(24).allSatisfy(month -> assertThat(month.withoutCost())
                .isZero());
        assertThat(rows("orders").rows().size()).isBetween(18_000, 22_000);
        Health health = businesses.health("b-1");
        assertThat(health.parts())
                .extracting(Part::reason)
                .anyMatch(reason -> reason.startsWith("target churn_rate 2026-Q3"));
        assertThat(health.score()).isBetween(0, 99);
    }

    @Test
    void givesTheSameDigestForTheSameRows() {
        csv("costs", "date,category,amount\n2026-01-01,rent,5\n2026-01-02,rent,6\n", false);
        assertThat(rows("costs").digest()).isEqualTo(rows("costs").digest()).hasSize(64);
        Records one = businesses.data("b-1").records("costs", FIRST, LocalDate.of(2026, 1, 1));
        assertThat(one.rows()).hasSize(1);
        assertThat(one.digest()).isNotEqualTo(rows("costs").digest());
    }

    @Test
    void goesOnlyWhereTheLifeOfABusinessGoes() {
        assertThatThrownBy(() -> businesses.transition(ANN, "b-1", Status.DISCOVERY, ""))
                .isInstanceOf(TransitionRefused.class)
                .extracting(e -> ((TransitionRefused) e).unmet())
                .isEqualTo(List.of("from OPERATION it goes to OPTIMIZATION or SUNSET"));
        assertThat(businesses
                        .transition(ANN, "b-1", Status.OPTIMIZATION, "grown")
                        .status())
                .isEqualTo(Status.OPTIMIZATION);
        assertThat(businesses.transition(ANN, "b-1", Status.OPERATION, "").status())
                .isEqualTo(Status.OPERATION);
        assertThat(businesses.transition(ANN, "b-1", Status.SUNSET, "").status())
                .isEqualTo(Status.SUNSET);
        assertThatThrownBy(() -> businesses.transition(ANN, "b-1", Status.DISCOVERY, ""))
                .isInstanceOf(TransitionRefused.class);
    }

    @Test
    void takesPointsForAStageThatLastsTooLongAndForEmptyShelves() {
        csv("stock", "sku,date,on_hand\nS,2026-09-01,0\nS,2026-09-08,3\nT,2026-09-08,0\n", false);
        store.at(Instant.parse("2027-12-01T00:00:00Z"));
        assertThat(businesses.health("b-1"))
                .isEqualTo(new Health(
                        75,
                        List.of(
                                new Part("in OPERATION for 425 days, 180 are typical", 20),
                                new Part("T is out of stock", 5))));
    }

    @Test
    void countsATargetThatIsMissedAndNamesOneWithoutData() {
        csv("orders", ORDERS + "A,2026-08-01,C,S,1,10.00,0,web,completed\n", false);
        csv(
                "targets",
                "metric,period,target\nrevenue,2026-Q3,100\norders,2026-Q3,1\nchurn_rate,2026-Q3,4\nrevenue,2024,1\n",
                false);
        assertThat(businesses.health("b-1").parts())
                .containsExactlyInAnyOrder(
                        new Part("no data for the target churn_rate 2026-Q3", 0),
                        new Part("1 of 2 targets are not reached", 15),
                        new Part("target revenue 2026-Q3 was 100.00, came to 10.00", 10));
        assertThat(businesses.health("b-1").score()).isEqualTo(75);
    }

    @Test
    void keepsADocumentWithItsText() {
        StoredDocument added = businesses.addDocument(ANN, "b-1", "terms.md", "", stream("# Terms\n30 days"));
        assertThat(added.mediaType()).isEqualTo("text/markdown");
        assertThat(businesses.document(added.id())).contains(added);
        assertThat(businesses.data("b-1").text(added.id())).isEqualTo("# Terms\n30 days");
        assertThat(businesses.data("b-1").documents()).hasSize(1).first().hasFieldOrPropertyWithValue("size", 15L);
        assertThatThrownBy(() -> businesses.data("b-1").text("other")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsADocumentThatCannotBeReadWithoutInventingItsText() {
        InputStream bytes = new ByteArrayInputStream(new byte[] {(byte) 0xff, 0, 1});
        StoredDocument added = businesses.addDocument(ANN, "b-1", "scan.txt", "text/plain; charset=utf-8", bytes);
        assertThat(added.text()).isNull();
        assertThatThrownBy(() -> businesses.data("b-1").text(added.id()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read as text");
    }

    @Test
    void readsALongTextFromItsBytes() {
        String longText = "word ".repeat(300_000);
        StoredDocument added = businesses.addDocument(ANN, "b-1", "long.txt", "text/plain", stream(longText));
        assertThat(added.text()).isNull();
        assertThat(businesses.data("b-1").text(added.id())).isEqualTo(longText);
    }

    @Test
    void refusesADocumentOverTheLimit() {
        InputStream big = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        };
        assertThatThrownBy(() -> businesses.addDocument(ANN, "b-1", "big.txt", "text/plain", big))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("25 MiB");
    }
}
