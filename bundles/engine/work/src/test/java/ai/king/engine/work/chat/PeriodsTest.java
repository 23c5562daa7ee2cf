/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {

    /** A Thursday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 15);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revenue in August? | 2026-08-01 | 2026-08-31",
                "revenue in November | 2025-11-01 | 2025-11-30",
                "revenue in October | 2026-10-01 | 2026-10-15",
                "sales in August 2025 | 2025-08-01 | 2025-08-31",
                "sales in aug of last year | 2025-08-01 | 2025-08-31",
                "ads last quarter | 2026-07-01 | 2026-09-30",
                "ads this quarter | 2026-10-01 | 2026-10-15",
                "ads in Q1 | 2026-01-01 | 2026-03-31",
                "ads in Q4 2025 | 2025-10-01 | 2025-12-31",
                "ads in 2025-Q4 | 2025-10-01 | 2025-12-31",
                "the third quarter of 2025 | 2025-07-01 | 2025-09-30",
                "in the first half of 2026 | 2026-01-01 | 2026-06-30",
                "yesterday | 2026-10-14 | 2026-10-14",
                "the day before yesterday | 2026-10-13 | 2026-10-13",
                "last week | 2026-10-05 | 2026-10-11",
                "this week | 2026-10-12 | 2026-10-15",
                "last month | 2026-09-01 | 2026-09-30",
                "last year | 2025-01-01 | 2025-12-31",
                "this year | 2026-01-01 | 2026-10-15",
                "year to date | 2026-01-01 | 2026-10-15",
                "in 2025 | 2025-01-01 | 2025-12-31",
                "the last 30 days | 2026-09-16 | 2026-10-15",
                "past three months | 2026-07-16 | 2026-10-15",
                "since March | 2026-03-01 | 2026-10-15",
                "since the beginning of August | 2026-08-01 | 2026-10-15",
                "until March 2026 | 1970-01-01 | 2026-03-31",
                "before 2026-03-10 | 1970-01-01 | 2026-03-09",
                "from 2026-02-03 to 2026-02-10 | 2026-02-03 | 2026-02-10",
                "from 3 March to 10 March 2026 | 2026-03-03 | 2026-03-10",
                "between March and May | 2026-03-01 | 2026-05-31",
                "November to January | 2025-11-01 | 2026-01-31",
                "on August 3rd, 2026 | 2026-08-03 | 2026-08-03",
                "on the 3rd of August | 2026-08-03 | 2026-08-03",
                "last monday | 2026-10-12 | 2026-10-12",
                "next month | 2026-11-01 | 2026-11-30",
                "in May | 2026-05-01 | 2026-05-31",
                "im Juli 2026 | 2026-07-01 | 2026-07-31",
                "letzten Monat | 2026-09-01 | 2026-09-30",
                "en agosto de 2025 | 2025-08-01 | 2025-08-31",
                "el mes pasado | 2026-09-01 | 2026-09-30",
                "in 08/2026 | 2026-08-01 | 2026-08-31",
                "so far | 1970-01-01 | 2026-10-15"
            })
    void readsTheDaysThatAreNamed(String text, LocalDate from, LocalDate to) {
        assertThat(Periods.in(text, TODAY).spans()).singleElement().satisfies(span -> {
            assertThat(span.from()).isEqualTo(from);
            assertThat(span.to()).isEqualTo(to);
        });
    }

    @Test
    void readsBothSidesOfAComparison() {
        assertThat(Periods.in("Was August better than July 2025?", TODAY).spans())
                .extracting(Span::from)
                .containsExactly(LocalDate.of(2026, 8, 1), LocalDate.of(2025, 7, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue in summer",
                "sales at Christmas",
                "how was the weekend",
                "sales in the holiday season",
                "orders recently"
            })
    void keepsApartWhatSaysNoDaysForSure(String text) {
        Periods periods = Periods.in(text, TODAY);
        assertThat(periods.spans()).isEmpty();
        assertThat(periods.unclear()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We may sell more",
                "how many orders",
                "2026-13-45",
                "Q7",
                "the 31st of February",
                "13/2026",
                "A-2026-1"
            })
    void takesNothingForDaysThatIsNone(String text) {
        assertThat(Periods.in(text, TODAY).spans()).isEmpty();
    }
}
