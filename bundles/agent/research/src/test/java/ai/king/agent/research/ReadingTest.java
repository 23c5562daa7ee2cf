/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Task;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 10, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$12.99|12.99|$",
                "US$1,299.00|1299.00|USD",
                "1.299,00 €|1299.00|EUR",
                "£9|9|GBP",
                "USD 12,345|12345|USD",
                "from CHF 1'250.50 a piece|1250.50|CHF"
            })
    void readsPrices(String text, String amount, String currency) {
        assertThat(Price.in(text).orElseThrow().amount().toPlainString()).isEqualTo(amount);
        assertThat(Price.in(text).orElseThrow().currency()).isEqualTo(currency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.99", "12 % off", "sold 5000 times", "since 2024", "HK$100", "R$ 50", ""})
    void takesNoNumberWithoutACurrencyForAPrice(String text) {
        assertThat(Price.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 days ago|2026-09-28",
                "1 month ago|2026-09-01",
                "2 hours ago|2026-10-01",
                "Oct 1, 2025|2025-10-01",
                "12 March 2026|2026-03-12",
                "2026-04-05|2026-04-05",
                "2026-04-05T10:00:00Z|2026-04-05",
                "03/04/2026, 07:00 AM, +0000 UTC|2026-03-04"
            })
    void readsDates(String printed, LocalDate date) {
        assertThat(Dates.of(printed, TODAY)).contains(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday-ish", "03/04/2026", "Oct 9, 2026", "2026-13-40"})
    void takesNothingElseForADate(String printed) {
        assertThat(Dates.of(printed, TODAY)).isEmpty();
    }

    @Test
    void aTrendByChanceHasTheProbabilityOfTheSignTest() {
        // 2 * (1 + 8) / 2^8
        assertThat(Trend.chance(1, 8)).isEqualTo(0.0703125);
        assertThat(Trend.chance(4, 8)).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://WWW.a.example/x/?utm_source=m&id=2#top|a.example/x?id=2",
                "http://a.example|a.example",
                "https://a.example/?b=1&a=2|a.example?a=2&b=1"
            })
    void tellsOnePageByOneAddress(String url, String canonical) {
        assertThat(Address.of(url).orElseThrow().canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://a.example/", "javascript:alert(1)", "/relative", "https://"})
    void takesNothingElseForAnAddress(String url) {
        assertThat(Address.of(url)).isEmpty();
    }

    private static List<String> queries(Skill skill, String goal, Map<String, Object> input) {
        return Topic.of(new Task("s", skill.action(), goal, input, Map.of(), List.of()), Optional.empty())
                .queries(skill, 4)
                .stream()
                .map(Query::text)
                .toList();
    }

    @Test
    void buildsQueriesFromGoalNicheAndCompetitors() {
        assertThat(queries(Skill.MARKET_RESEARCH, "Research the market for electric bikes", Map.of()))
                .containsExactly(
                        "electric bikes",
                        "electric bikes market size growth",
                        "electric bikes customers demand problems");
        assertThat(queries(Skill.MARKET_RESEARCH, "Start a shop", Map.of("subject", "suppliers", "niche", "pet toys")))
                .startsWith("pet toys suppliers");
        assertThat(queries(Skill.COMPETITOR_ANALYSIS, "Compare dog beds", Map.of("competitors", List.of("Pawsome"))))
                .startsWith("Pawsome dog beds", "best dog beds brands");
        assertThat(queries(Skill.WEB_SEARCH, "How warm are dog beds?", Map.of()))
                .containsExactly("How warm are dog beds");
        assertThat(queries(Skill.PRODUCT_RESEARCH, "Find products", Map.of("products", List.of("Squeaky Fox"))))
                .containsExactly("Squeaky Fox");
    }
}
