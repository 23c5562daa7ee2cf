/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Records;
import ai.king.business.Business;
import ai.king.business.Businesses.Grain;
import ai.king.business.Businesses.Imported;
import ai.king.business.Businesses.NewBusiness;
import ai.king.business.Businesses.Period;
import ai.king.business.PriceChange;
import ai.king.business.PurchaseOrder;
import ai.king.business.StoredDocument;
import ai.king.engine.store.TestDatabase;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Row;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole engine on the real store, the same on H2 and on PostgreSQL. */
class RecordsStoreTest {

    private static final Path SAMPLE = Path.of("../../../config/examples/pet-supplies");
    private static final LocalDate FIRST = LocalDate.of(2024, 10, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 9, 30);
    private static final Actor ANN = Actor.person("ann");

    @Nested
    class OnH2 extends OnAnyDatabase {
        OnH2() {
            super(TestDatabase.h2());
        }
    }

    @Nested
    class OnPostgreSql extends OnAnyDatabase {
        OnPostgreSql() {
            super(TestDatabase.postgresql());
        }
    }

    abstract static class OnAnyDatabase {

        private final TestDatabase database;
        private final StoredBusinesses businesses;
        private final String id;

        OnAnyDatabase(TestDatabase database) {
            this.database = database;
            businesses = new StoredBusinesses(database.store(), database.payloads(), TestStore.UNREAD);
            Business business = businesses.create(ANN, new NewBusiness("Shop", "ecommerce", "pets", "USD", null));
            id = business.id();
        }

        @AfterEach
        void close() {
            database.close();
        }

        private Imported importSample(String kind) throws IOException {
            try (InputStream file = Files.newInputStream(SAMPLE.resolve(kind + ".csv"))) {
                return businesses.importCsv(ANN, id, kind, file, false);
            }
        }

        private Imported csv(String kind, String text, boolean partial) {
            return businesses.importCsv(
                    ANN, id, kind, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), partial);
        }

        private long count(Class<? extends Row> type) {
            return database.store().read(reader -> reader.count(Query.of(type)));
        }

        private ToolCall call(String key, Map<String, Object> arguments) {
            return new ToolCall(key, Optional.of(id), arguments);
        }

        @Test
        void importsTheSampleAndAddsItUp() throws IOException {
            for (String kind : businesses.kinds().keySet()) {
                assertThat(importSample(kind).rejected()).as(kind).isEmpty();
            }
            List<Period> months = businesses.pnl(id, FIRST, LAST, Grain.MONTH);
            assertThat(months).hasSize(24);
            assertThat(months.stream().mapToLong(Period::orders).sum()).isBetween(18_000L, 21_000L);
            assertThat(businesses.health(id).score()).isBetween(0, 99);
            Records orders = businesses.data(id).records("orders", FIRST, LAST);
            assertThat(orders.rows())
                    .hasSize(Files.readAllLines(SAMPLE.resolve("orders.csv")).size() - 1);
            // The digest is part of a report: it must not depend on the database.
            assertThat(businesses.data(id).records("products", FIRST, LAST).digest())
                    .isEqualTo("bcfbbeef5c5a4132ff4375a0d657556b902159903415ce919e92971678f69ae3");
        }

        @Test
        void storesNothingOfABadUploadAndKnowsALineThatIsSentAgain() {
            String header = "date,category,amount\n";
            assertThat(csv("costs", header + "2026-01-01,rent,5\n2026-01-02,rent,five\n", false)
                            .accepted())
                    .isZero();
            assertThat(businesses.kindsWithRows(id)).isEmpty();
            assertThat(csv("costs", header + "2026-01-01,rent,5\n", false).accepted())
                    .isEqualTo(1);
            assertThat(csv("costs", header + "2026-01-01,rent,5\n", true).rejected())
                    .hasSize(1);
            String other = businesses
                    .create(ANN, new NewBusiness("Other", "ecommerce", null, "USD", null))
                    .id();
            assertThat(businesses
                            .importCsv(
                                    ANN,
                                    other,
                                    "costs",
                                    new ByteArrayInputStream(
                                            (header + "2026-01-01,rent,5\n").getBytes(StandardCharsets.UTF_8)),
                                    false)
                            .accepted())
                    .isEqualTo(1);
        }

        @Test
        void replacesWhatDescribesHowThingsStand() throws IOException {
            assertThat(importSample("products").accepted()).isEqualTo(24);
            assertThat(importSample("products").accepted()).isEqualTo(24);
            assertThat(businesses.data(id).records("products", FIRST, LAST).rows())
                    .hasSize(24);
        }

        @Test
        void placesTheSamplesFirstOrderOnceUnderCallsAtTheSameTime()
                throws IOException, InterruptedException, ExecutionException {
            for (String kind : List.of("products", "stock", "suppliers")) {
                importSample(kind);
            }
            Map<String, Object> arguments = Map.of(
                    "supplierId",
                    "S03",
                    "lines",
                    List.of(
                            Map.of("sku", "TOY-04", "quantity", 40),
                            Map.of("sku", "TOY-05", "quantity", 30),
                            Map.of("sku", "TOY-06", "quantity", 48)),
                    "amount",
                    "743.00",
                    "currency",
                    "USD");
            PurchaseTool tool = new PurchaseTool(database.store());
            Callable<ToolResult> invocation = () -> tool.invoke(call("k", arguments));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<ToolResult>> results =
                        threads.invokeAll(List.of(invocation, invocation, invocation, invocation));
                for (Future<ToolResult> result : results) {
                    assertThat(result.get()).isEqualTo(results.get(0).get()).isInstanceOf(ToolResult.Ok.class);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(count(PurchaseOrder.class)).isEqualTo(1);
            assertThat(tool.lookup("k")).contains(tool.invoke(call("k", arguments)));
            ToolResult.Ok low = (ToolResult.Ok) new StockTool(database.store()).invoke(call("s", Map.of("low", true)));
            assertThat((List<?>) low.data().get("items")).hasSize(3).allSatisfy(item -> assertThat(
                            ((Map<?, ?>) item).get("ordered"))
                    .isIn(40, 30, 48));
        }

        @Test
        void changesAPriceOnceAndKeepsTheOldOne() throws IOException {
            importSample("products");
            SetPriceTool tool = new SetPriceTool(database.store());
            ToolResult first = tool.invoke(call("k", Map.of("sku", "BED-02", "price", "44.99")));
            assertThat(first).isEqualTo(tool.invoke(call("k", Map.of("sku", "BED-02", "price", "44.99"))));
            assertThat(((ToolResult.Ok) first).data())
                    .containsEntry("oldPrice", "39.99")
                    .containsEntry("newPrice", "44.99");
            assertThat(count(PriceChange.class)).isEqualTo(1);
        }

        @Test
        void keepsDocumentsWithTheirText() throws IOException {
            Path file = SAMPLE.resolve("documents/privacy-policy.md");
            StoredDocument added;
            try (InputStream bytes = Files.newInputStream(file)) {
                added = businesses.addDocument(ANN, id, "privacy-policy.md", "text/markdown", bytes);
            }
            assertThat(businesses.data(id).text(added.id())).isEqualTo(Files.readString(file));
            assertThat(businesses.documents(id))
                    .hasSize(1)
                    .first()
                    .isEqualTo(businesses.document(added.id()).orElseThrow());
            String longText = "word ".repeat(300_000);
            StoredDocument big = businesses.addDocument(
                    ANN,
                    id,
                    "big.txt",
                    "text/plain",
                    new ByteArrayInputStream(longText.getBytes(StandardCharsets.UTF_8)));
            assertThat(businesses.data(id).text(big.id())).isEqualTo(longText);
        }
    }
}
