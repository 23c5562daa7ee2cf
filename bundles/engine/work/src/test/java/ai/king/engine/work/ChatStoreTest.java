/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.agent.Source;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.Businesses.Grain;
import ai.king.business.Reading;
import ai.king.business.Readings;
import ai.king.engine.business.StoredBusinesses;
import ai.king.engine.store.TestDatabase;
import ai.king.engine.work.chat.ChatEngine;
import ai.king.inference.Listener;
import ai.king.store.Actor;
import ai.king.work.Conversations;
import ai.king.work.Conversations.Said;
import ai.king.work.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chat over the real store with the records of the sample business: what is answered is what the records add up to. */
class ChatStoreTest {

    private static final Identity PAT = new Identity("pat", Set.of(Role.OPERATOR));
    private static final Identity MIA = new Identity("mia", Set.of(Role.OPERATOR));
    private static final Readings UNREAD = (mediaType, bytes) -> new Reading.Unreadable("not here");

    private static TestDatabase database;
    private static Businesses businesses;
    private static Business shop;
    private static FakePlugs plugs;
    private static Workshop workshop;

    private final Talker model = new Talker();
    private Conversations chat;

    @BeforeAll
    static void sample() throws IOException {
        database = TestDatabase.h2();
        businesses = new StoredBusinesses(database.store(), database.payloads(), UNREAD);
        Actor ann = Actor.person("ann");
        shop = businesses.create(ann, new Businesses.NewBusiness("Harbour & Tail", "ecommerce", "pets", "USD", null));
        Path folder = Path.of("../../../config/examples/pet-supplies");
        for (String kind :
                List.of("products", "orders", "costs", "advertising", "stock", "suppliers", "targets", "metrics")) {
            try (InputStream csv = Files.newInputStream(folder.resolve(kind + ".csv"))) {
                businesses.importCsv(ann, shop.id(), kind, csv, false);
            }
        }
        plugs = new FakePlugs();
        workshop = new Workshop(
                database.store(), database.dataSource(), "one", Workshop.QUICK, plugs, businesses, new Talker());
    }

    @AfterAll
    static void close() {
        workshop.close();
        database.close();
    }

    @BeforeEach
    void chat() {
        plugs.remove("gen-classifier");
        chat = new ChatEngine(database.store(), workshop.goals(), workshop.gate, businesses, plugs, model);
    }

    private void understand(Function<String, Intent> how) {
        IntentClassifier classifier = (text, mind) -> Optional.of(how.apply(text));
        workshop.classifier(classifier);
    }

    private static Intent intent(Intent.Type type, Intent.Action action) {
        return new Intent(type, action, Map.of(), 0.95);
    }

    private Exchange say(String message) {
        return say(PAT, message, null);
    }

    private Exchange say(Identity person, String message, String conversation) {
        return chat.say(person, new Said(message, conversation, null), Listener.none());
    }

    private static Businesses.Period month(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        return businesses
                .pnl(shop.id(), first, first.plusMonths(1).minusDays(1), Grain.MONTH)
                .get(0);
    }

    private static String money(BigDecimal amount) {
        return String.format("%,.2f USD", amount);
    }

    @Test
    void computesTheRevenueOfAMonthFromTheOrdersAndNamesTheRows() {
        Exchange answer = say("How much revenue in August?");
        assertThat(answer.reply())
                .contains(money(month(2026, 8).revenue().amount()))
                .contains("2026-08-01 to 2026-08-31");
        assertThat(answer.intent().type()).isEqualTo(Intent.Type.QUERY);
        assertThat(answer.sources())
                .anySatisfy(source -> assertThat(source).isInstanceOfSatisfying(Source.Rows.class, rows -> {
                    assertThat(rows.kind()).isEqualTo("orders");
                    assertThat(rows.count()).isPositive();
                    assertThat(rows.digest()).hasSize(64);
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What did we spend on ads last quarter? | Advertising spend | 2026-07-01 to 2026-09-30",
                "Which product sells best? | Highest units sold by product | all stored orders",
                "what was the profit in Q2 2026? | Profit | 2026-04-01 to 2026-06-30",
                "How many orders were returned in March 2026? | Returned orders | 2026-03-01 to 2026-03-31",
                "What is our margin in 2025? | gross margin | 2025-01-01 to 2025-12-31",
                "how many TRT-01 do we have in stock? | In stock | Salmon Training Bites",
                "Which products are low on stock? | reorder point | articles",
                "Show me orders by channel in July 2026 | By channel, orders | 2026-07-01 to 2026-07-31",
                "average order value in September | Average order value | 2026-09-01 to 2026-09-30",
                "how many customers did we have in May 2026? | for the first time | 2026-05-01 to 2026-05-31",
                "How much cash do we have left? | Cash of Harbour & Tail | USD",
                "What was the conversion rate in June 2026? | Conversion rate | measured days",
                "Wie hoch war der Umsatz im Juli 2026? | Revenue of | 2026-07-01 to 2026-07-31",
                "¿Cuáles fueron los ingresos de agosto de 2026? | Revenue of | 2026-08-01 to 2026-08-31",
                "How far are we from our targets in Q3 2026? | target 64000 | reached",
                "how much did we pay for rent in August 2026 | Costs for rent | 940.00 USD",
                "what does TRT-01 cost? | list price 10.99 USD | unit cost 4.10 USD",
                "Which suppliers do we have? | Suppliers of | articles",
                "How is my business doing? | health | of 100",
                "Which goals are running? | Goals that have not ended | none"
            })
    void answersFromWhatIsStored(String question, String says, String also) {
        Exchange answer = say(question);
        assertThat(answer.reply()).contains(says).contains(also);
    }
}
