/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many dated results each month of the last year has. It rises or falls only when so uneven halves would come about by
 * chance in one case of twenty at most (two-sided sign test).
 */
final class Trend {

    private static final String HEADING = "Results over time";
    private static final int MONTHS = 12;
    private static final double CHANCE = 0.05;

    private record Dated(Hit hit, LocalDate date) {}

    private final List<Dated> dated;
    private final List<Source> sources;
    private final Map<YearMonth, Integer> months = new LinkedHashMap<>();

    private Trend(List<Dated> dated, YearMonth now) {
        this.dated = dated;
        sources = dated.stream().map(one -> (Source) one.hit().source()).toList();
        for (int back = MONTHS - 1; back >= 0; back--) {
            months.put(now.minusMonths(back), 0);
        }
        dated.forEach(one -> months.merge(YearMonth.from(one.date()), 1, Integer::sum));
    }

    static Told in(List<Hit> hits, LocalDate today, int least) {
        YearMonth now = YearMonth.from(today);
        List<Dated> dated = hits.stream()
                .flatMap(hit -> Dates.of(hit.date(), today).map(date -> new Dated(hit, date)).stream())
                .filter(one -> YearMonth.from(one.date()).isAfter(now.minusMonths(MONTHS)))
                .sorted(Comparator.comparing(Dated::date))
                .toList();
        return dated.isEmpty()
                ? Told.nothing(
                        HEADING,
                        "Trend",
                        "none of " + hits.size() + " results has a date in the last 12 months",
                        "trend")
                : new Trend(dated, now).told(least);
    }

    private Told told(int least) {
        Optional<String> direction = dated.size() < least ? Optional.empty() : Optional.of(direction());
        int early = early();
        List<Source> all = new ArrayList<>();
        all.add(new Source.Formula(dated.size() + " dated results, " + early + " in the first six months and "
                + (dated.size() - early) + " in the last six; a trend needs " + least
                + " and a two-sided sign test below 0.05. A search prefers what is new"));
        all.addAll(sources);
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure("Trend", direction.orElse(Told.NO_DATA), "", List.copyOf(all)));
        blocks.add(new Report.Figure("First seen", dated.get(0).date().toString(), "", sources.subList(0, 1)));
        blocks.add(new Report.Figure(
                "Last seen",
                dated.get(dated.size() - 1).date().toString(),
                "",
                sources.subList(sources.size() - 1, sources.size())));
        blocks.add(new Report.Chart(
                "Dated results by month",
                Report.Chart.Kind.BAR,
                months.keySet().stream().map(YearMonth::toString).toList(),
                List.of(new Report.Series(
                        "results",
                        months.values().stream().map(Integer::doubleValue).toList(),
                        List.of(),
                        List.of())),
                "",
                sources));
        Map<String, Object> byMonth = new LinkedHashMap<>();
        months.forEach((month, count) -> byMonth.put(month.toString(), count));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("trend", direction.orElse(Told.NO_DATA));
        data.put("dated", dated.size());
        data.put("months", byMonth);
        data.put("firstSeen", dated.get(0).date().toString());
        data.put("lastSeen", dated.get(dated.size() - 1).date().toString());
        return new Told(new Report.Section(HEADING, List.copyOf(blocks)), data);
    }

    private int early() {
        return months.values().stream()
                .limit(MONTHS / 2)
                .mapToInt(Integer::intValue)
                .sum();
    }

    private String direction() {
        int early = early();
        int late = dated.size() - early;
        if (chance(Math.min(early, late), dated.size()) > CHANCE) {
            return "no clear direction";
        }
        return late > early ? "rising" : "falling";
    }

    /** Probability of halves at least as uneven when each result falls into either with equal chance. */
    static double chance(int fewer, int n) {
        double term = Math.pow(0.5, n);
        double tail = 0;
        for (int k = 0; k <= fewer; k++) {
            tail += term;
            term = term * (n - k) / (k + 1);
        }
        return Math.min(1, 2 * tail);
    }
}
