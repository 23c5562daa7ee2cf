/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is understood, and what is refused with what is missing. */
class SpecificationTest {

    private static List<String> missing(String key, String value) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "name", "some_metric", "records", "orders", "formula", "sum(quantity) / count()", "by", "month"));
        keys.put(key, value);
        return Specification.read(keys).missing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "formula | median(quantity)                         | an aggregate in place of \"median\"",
                "formula | quantity                                 | an aggregate in place of \"quantity\"",
                "formula | sum(profit)                              | orders has no column profit",
                "formula | sum(status)                              | a column of numbers",
                "formula | sum(quantity                             | \")\" in the formula",
                "formula | sum(quantity)) + 1                       | ends before \")\"",
                "formula | 1 + 1                                    | over rows",
                "formula | sum(quantity); System.exit(1)            | without \"; System.exit(1)\"",
                "formula | sum(sum(quantity))                       | orders has no column sum",
                "formula | count(where status = 5)                  | a text for status",
                "formula | count(where status ~ 'x')                | without \"~ 'x')\"",
                "formula | count(where date > 2026-02-31)           | a date for date",
                "formula | count(where quantity > 'x')              | a number for quantity",
                "formula | count(where channel = '\"); evil(\"')    | without",
                "formula | 100 * count() / size()                   | by: cohort",
                "where   | status is 'completed'                    | one of = != < <= > >=",
                "by      | fortnight                                | by: none, cohort",
                "by      | quantity                                 | a column of words",
                "by      | cohort                                   | member: the column",
                "period  | lately                                   | period: all",
                "period  | 2026-03-01..2026-01-01                   | period: all",
                "records | customers                                | records: one of",
                "name    | 1st                                      | name: of the metric",
                "name    | switch                                   | name: of the metric",
                "plug    | ai.king.agent.finance                    | plug: words",
                "plug    | acme.new                                 | plug: words",
                "title   | <b>bold</b>                              | title: letters",
                "unit    | \"%\"                                    | unit: %",
                "inputs  | quantity, sku                            | ",
                "inputs  | sku                                      | the formula uses quantity, too",
                "colour  | blue                                     | a specification without colour"
            })
    void refusesWhatItDoesNotKnowAndSaysWhatItWould(String key, String value, String says) {
        List<String> missing = missing(key, value);
        if (says == null) {
            assertThat(missing).isEmpty();
        } else {
            assertThat(missing).anySatisfy(one -> assertThat(one).contains(says));
        }
    }

    @Test
    void tellsEveryFaultAtOnce() {
        assertThat(missing("formula", "median(quantity)")).hasSize(1);
        Map<String, String> keys = Map.of(
                "name",
                "some_metric",
                "records",
                "orders",
                "formula",
                "median(sku)",
                "by",
                "fortnight",
                "period",
                "soon");
        assertThat(Specification.read(keys).missing()).hasSize(3);
    }

    @Test
    void boundsWhatItReads() {
        assertThat(missing("formula", "sum(quantity)" + " + sum(quantity)".repeat(40)))
                .singleElement()
                .asString()
                .contains("500");
        assertThat(missing("formula", "(".repeat(60) + "count()" + ")".repeat(60)))
                .singleElement()
                .asString()
                .contains("20");
        assertThat(missing("formula", "count()" + "+count()".repeat(14)))
                .singleElement()
                .asString()
                .contains("12");
    }

    @Test
    void theSameSpecificationGivesTheSameFilesAndIsReadBackFromThem() {
        Specification first = WrittenAgentTest.named("return_rate");
        Project project = AgentSource.of(first);
        assertThat(AgentSource.of(WrittenAgentTest.named("return_rate")).digest())
                .isEqualTo(project.digest());
        Specification again = Specification.read(Known.keys(project.files().get(AgentSource.SPECIFICATION)))
                .get();
        assertThat(AgentSource.of(again)).isEqualTo(project);
    }
}
