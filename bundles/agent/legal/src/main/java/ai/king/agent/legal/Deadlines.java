/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds dates and periods in sentences that set a limit or a duty; a date without a year gets none. */
final class Deadlines {

    private static final Pattern LIMIT = Point.pattern(
            "\\b(until|by|before|due|ends?|ended|expires?|renews?|notice|last order|deadline|no later|within|must|shall|unless|gives?)\\b");
    private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final String MONTHS =
            "(January|February|March|April|May|June|July|August|September|October|November|December)";
    private static final Pattern WRITTEN = Pattern.compile("\\b(\\d{1,2})\\.? " + MONTHS + "\\b(?:,? (\\d{4}))?");
    private static final Pattern PERIOD = Point.pattern(
            "\\b(?:\\d{1,4}|one|two|three|six|twelve) (?:working |calendar )?(?:days?|weeks?|months?|years?)\\b");

    private record Limit(Optional<LocalDate> day, String words, String note, Paper paper, String quote) {}

    private record Duty(String period, Paper paper, String quote) {}

    private final LocalDate today;
    private final int near;

    Deadlines(LocalDate today, int near) {
        this.today = today;
        this.near = near;
    }

    Part of(List<Paper> papers) {
        List<Limit> limits = new ArrayList<>();
        List<Duty> duties = new ArrayList<>();
        for (Paper paper : papers) {
            for (String sentence : paper.sentences()) {
                if (LIMIT.matcher(sentence).find()) {
                    dates(paper, sentence, limits);
                    PERIOD.matcher(sentence)
                            .results()
                            .forEach(match -> duties.add(new Duty(match.group(), paper, sentence)));
                }
            }
        }
        if (limits.isEmpty() && duties.isEmpty()) {
            return new Part(Map.of(), List.of(), List.of("documents that set a date or a period"));
        }
        limits.sort(Comparator.comparing(limit -> limit.day().orElse(LocalDate.MAX)));
        return new Part(
                Map.of(
                        "deadlines", limits.stream().map(Deadlines::data).toList(),
                        "obligations", duties.stream().map(Deadlines::data).toList()),
                List.of(new Report.Section("Deadlines and obligations", blocks(limits, duties))),
                List.of());
    }

    private void dates(Paper paper, String sentence, List<Limit> limits) {
        Matcher iso = ISO.matcher(sentence);
        while (iso.find()) {
            limits.add(limit(paper, sentence, iso.group(), iso.group(1), number(iso.group(2)), number(iso.group(3))));
        }
        Matcher written = WRITTEN.matcher(sentence);
        while (written.find()) {
            int month = Month.valueOf(written.group(2).toUpperCase(Locale.ROOT)).getValue();
            String year = Optional.ofNullable(written.group(3)).orElse("");
            limits.add(limit(paper, sentence, written.group(), year, month, number(written.group(1))));
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private Limit limit(Paper paper, String sentence, String words, String year, int month, int day) {
        if (year.isEmpty()) {
            return new Limit(Optional.empty(), words, "no year is stated", paper, sentence);
        }
        try {
            LocalDate date = LocalDate.of(number(year), month, day);
            return new Limit(Optional.of(date), words, distance(date), paper, sentence);
        } catch (DateTimeException e) {
            return new Limit(Optional.empty(), words, "there is no such day", paper, sentence);
        }
    }

    private String distance(LocalDate date) {
        long days = ChronoUnit.DAYS.between(today, date);
        return days < 0 ? "passed" : days <= near ? "near: in " + days + " days" : "in " + days + " days";
    }

    private static Map<String, Object> data(Limit limit) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("date", limit.day().map(LocalDate::toString).orElse(""));
        data.put("words", limit.words());
        data.put("note", limit.note());
        data.put("document", limit.paper().document().name());
        data.put("quote", limit.quote());
        return data;
    }

    private static Map<String, Object> data(Duty duty) {
        return Map.of(
                "period", duty.period(), "document", duty.paper().document().name(), "quote", duty.quote());
    }

    private List<Report.Block> blocks(List<Limit> limits, List<Duty> duties) {
        List<Report.Block> blocks = new ArrayList<>();
        if (!limits.isEmpty()) {
            List<Source> sources = new ArrayList<>(limits.stream()
                    .map(limit -> limit.paper().quote(limit.quote()))
                    .distinct()
                    .toList());
            sources.add(new Source.Formula("days from " + today + "; near up to " + near));
            blocks.add(new Report.Table(
                    "Dates",
                    List.of("Date", "", "Document", "Words of the document"),
                    limits.stream()
                            .map(limit -> List.of(
                                    limit.words(),
                                    limit.note(),
                                    limit.paper().document().name(),
                                    "“" + limit.quote() + "”"))
                            .toList(),
                    sources));
        }
        if (!duties.isEmpty()) {
            blocks.add(new Report.Table(
                    "Periods",
                    List.of("Period", "Document", "Words of the document"),
                    duties.stream()
                            .map(duty -> List.of(
                                    duty.period(), duty.paper().document().name(), "“" + duty.quote() + "”"))
                            .toList(),
                    duties.stream()
                            .map(duty -> duty.paper().quote(duty.quote()))
                            .distinct()
                            .toList()));
        }
        return blocks;
    }
}
