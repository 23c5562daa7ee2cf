/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written compiles against the API, passes the contract and its own tests, and comes to the figures of the sample. */
class WrittenAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    @TempDir
    Path folder;

    static List<String> known() {
        return new Known().names();
    }

    static Specification specification(String... pairs) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            keys.put(pairs[i], pairs[i + 1]);
        }
        Specification.Read read = Specification.read(keys);
        assertThat(read.missing()).isEmpty();
        return read.get();
    }

    static Specification named(String metric) {
        Map<String, String> keys = new Known().in(metric.replace('_', ' ')).orElseThrow();
        return specification(keys.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new));
    }

    private List<String> passes(Specification specification) throws Exception {
        Project project = AgentSource.of(specification);
        assertThat(project.faults()).isEmpty();
        return Compiled.of(project, folder).runTests();
    }

    @ParameterizedTest
    @MethodSource("known")
    void everyKnownMetricIsWrittenAndPasses(String metric) throws Exception {
        assertThat(passes(named(metric)))
                .contains(
                        "comesToTheFiguresOfItsSpecification",
                        "declinesWithoutABusinessAndWithoutRows",
                        "servesConcurrentCalls",
                        "leavesNoThreadBehind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "week", "month", "quarter", "year", "channel", "none", "cohort"})
    void everyGroupingIsWrittenAndPasses(String by) throws Exception {
        String formula =
                "-2.5 * (mean(quantity) - min(unit_price / 2)) + max(quantity where channel != 'direct' and quantity > 1)"
                        + " / (sum(discount) + count(where date >= 2026-02-01)) - distinct(sku)";
        assertThat(passes(specification(
                        "name",
                        "odd_figure",
                        "records",
                        "orders",
                        "formula",
                        formula,
                        "by",
                        by,
                        "member",
                        "customer_id",
                        "step",
                        by.equals("cohort") ? "quarter" : "month",
                        "steps",
                        "3",
                        "plug",
                        "acme.odd")))
                .contains("comesToTheFiguresOfItsSpecification");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"all", "last 2 months", "last 70 days", "last 9 weeks", "last 1 year", "2026-01-01..2026-03-10"})
    void everyPeriodIsWrittenAndPasses(String period) throws Exception {
        assertThat(passes(specification(
                        "name",
                        "sales",
                        "records",
                        "orders",
                        "formula",
                        "sum(quantity * unit_price - discount)",
                        "by",
                        "month",
                        "where",
                        "status != 'cancelled'",
                        "period",
                        period)))
                .contains("comesToTheFiguresOfItsSpecification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"week", "month", "quarter", "year", "day"})
    void everyCohortStepIsWrittenAndPasses(String step) throws Exception {
        assertThat(passes(specification(
                        "name",
                        "again",
                        "records",
                        "orders",
                        "formula",
                        "100 * distinct(customer_id) / size()",
                        "by",
                        "cohort",
                        "member",
                        "customer_id",
                        "step",
                        step,
                        "steps",
                        "12")))
                .contains("comesToTheFiguresOfItsSpecification");
    }

    @Test
    void cohortRetentionOfTheSampleIsWhatAPersonCounts() throws Exception {
        Outcome outcome = Compiled.of(AgentSource.of(named("cohort_retention")), folder)
                .agent()
                .perform(
                        new Task("s", "cohort_retention", "", Map.of(), Map.of(), List.of()),
                        new FakeContext().with(SAMPLE));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            List<?> rows = (List<?>) done.data().get("rows");
            assertThat(rows).hasSize(24);
            List<?> last = (List<?>) rows.get(23);
            assertThat(last.get(0)).isEqualTo("2026-09");
            assertThat(last.get(2)).isEqualTo("100.00");
            assertThat(last.subList(3, 9).toString()).isEqualTo("[, , , , , ]");
            assertThat(rows.toString()).isEqualTo(counted().toString());
            assertThat(Sources.missingIn(done.report())).isEmpty();
        });
    }

    /** Cohorts of the sample counted in another way: month by month from sets of customers. */
    private static List<List<String>> counted() {
        Map<String, YearMonth> first = new TreeMap<>();
        Map<YearMonth, Set<String>> active = new TreeMap<>();
        SAMPLE.records("orders", LocalDate.MIN, LocalDate.MAX)
                .lines()
                .filter(line -> line.text("status").equals("completed"))
                .sorted(Comparator.comparing(line -> line.date("date")))
                .forEach(line -> {
                    YearMonth month = YearMonth.from(line.date("date"));
                    first.putIfAbsent(line.text("customer_id"), month);
                    active.computeIfAbsent(month, unused -> new HashSet<>()).add(line.text("customer_id"));
                });
        YearMonth end = active.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
        List<List<String>> rows = new ArrayList<>();
        first.values().stream().distinct().sorted().forEach(start -> {
            List<String> members = first.keySet().stream()
                    .filter(one -> first.get(one).equals(start))
                    .toList();
            List<String> row = new ArrayList<>(List.of(start.toString(), Integer.toString(members.size())));
            for (int step = 0; step <= 6; step++) {
                Set<String> then = active.getOrDefault(start.plusMonths(step), Set.of());
                long back = members.stream().filter(then::contains).count();
                row.add(
                        start.plusMonths(step).isAfter(end)
                                ? ""
                                : BigDecimal.valueOf(100.0 * back / members.size())
                                        .setScale(2, RoundingMode.HALF_UP)
                                        .toPlainString());
            }
            rows.add(row);
        });
        return rows;
    }
}
