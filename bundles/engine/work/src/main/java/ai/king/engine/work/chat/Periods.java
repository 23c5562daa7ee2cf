/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the days that a text names. A word of time that says no days for sure is kept apart, so that nobody guesses. */
final class Periods {

    private static final String UNIT = "(day|week|month|quarter|year)s?";
    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? (" + Months.NAME + ")(?:,? (20\\d{2}))?";
    private static final String YEAR_OF = "(?:,? (?:of |in |de )?(20\\d{2}|this year|last year|the year))?";
    private static final Pattern UNCLEAR = Pattern.compile(
            "\\b((?:19|20)\\d{2}|summer|winter|spring|autumn|fall season|christmas|xmas|easter|season|holidays?|black friday|weekends?"
                    + "|recently|lately|these days|the other day|decade|fortnight|ramadan|halloween|sommer|weihnachten|navidad|verano)\\b");
    private static final Pattern SINCE = Pattern.compile(
            "\\b(since|seit|desde|before|until|till|up to|after)(?: the)?(?: (beginning|start|end) of)?(?: the)? *$");

    private final LocalDate today;
    private final List<Rule> rules;
    private final List<Found> found = new ArrayList<>();
    private String rest;
    private @Nullable String noDay;

    private record Rule(Pattern pattern, Function<Matcher, @Nullable Span> read) {}

    private record Found(int at, Span span) {}

    private Periods(String text, LocalDate today) {
        this.today = today;
        this.rest = text.toLowerCase(Locale.ROOT);
        this.rules = rules();
        rules.forEach(this::apply);
        found.sort(Comparator.comparingInt(Found::at));
    }

    static Periods in(String text, LocalDate today) {
        return new Periods(text, today);
    }

    /** As named, in the order of the text. */
    List<Span> spans() {
        return found.stream().map(Found::span).toList();
    }

    /** The text without what named days, in lower case. */
    String rest() {
        return rest;
    }

    /** A word of time that does not say which days. */
    Optional<String> unclear() {
        if (noDay != null) {
            return Optional.of(noDay);
        }
        Matcher word = UNCLEAR.matcher(rest);
        return word.find() ? Optional.of(word.group(1)) : Optional.empty();
    }

    private void apply(Rule rule) {
        Matcher matcher = rule.pattern().matcher(rest);
        StringBuilder blanked = new StringBuilder(rest);
        while (matcher.find()) {
            Span span;
            try {
                span = rule.read().apply(matcher);
            } catch (DateTimeException | NumberFormatException e) {
                // No such day: told as not understood, and no part of it is taken for other days.
                noDay = matcher.group().strip();
                blank(blanked, matcher.start(), matcher.end());
                continue;
            }
            if (span != null) {
                int start = matcher.start();
                Matcher since = SINCE.matcher(blanked.substring(0, start));
                if (since.find()) {
                    span = since(span, since.group(1), since.group(2));
                    start = since.start();
                }
                found.add(new Found(start, span));
                blank(blanked, start, matcher.end());
            }
        }
        rest = blanked.toString();
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            text.setCharAt(i, ' ');
        }
    }

    private Span since(Span span, String word, @Nullable String edge) {
        String words = word + " " + span.words();
        return switch (word) {
            case "since", "seit", "desde" -> new Span("end".equals(edge) ? span.to() : span.from(), today, words);
            case "after" -> new Span(span.to().plusDays(1), today, words);
            case "before" -> new Span(Span.EVER, span.from().minusDays(1), words);
            default -> new Span(
                    Span.EVER, "end".equals(edge) ? span.to() : edge == null ? span.to() : span.from(), words);
        };
    }

    private List<Rule> rules() {
        String to = " ?(?:to|until|till|through|and|-|–|\\.\\.|bis|hasta) ?";
        String iso = "(\\d{4}-\\d{2}-\\d{2})";
        List<Rule> all = new ArrayList<>();
        all.add(rule(iso + to + iso, m -> range(LocalDate.parse(m.group(1)), LocalDate.parse(m.group(2)), m)));
        all.add(rule(iso, m -> Span.day(LocalDate.parse(m.group(1)), m.group())));
        all.add(rule(DAY + to + DAY, m -> {
            LocalDate last = date(m, 4);
            LocalDate first = m.group(3) != null
                    ? date(m, 1)
                    : LocalDate.of(last.getYear(), Months.number(m.group(2)), Integer.parseInt(m.group(1)));
            return range(first.isAfter(last) ? first.minusYears(1) : first, last, m);
        }));
        all.add(rule(DAY, m -> Span.day(date(m, 1), m.group())));
        all.add(rule(
                "(" + Months.NAME + ") (\\d{1,2})(?:st|nd|rd|th)?(?:,? (20\\d{2}))?(?!\\d)",
                m -> Span.day(day(Integer.parseInt(m.group(2)), Months.number(m.group(1)), m.group(3)), m.group())));
        all.add(rule("(20\\d{2})[- ]?q([1-4])", m -> quarter(m.group(1), Integer.parseInt(m.group(2)), m)));
        all.add(rule("q([1-4])" + YEAR_OF, m -> quarter(m.group(2), Integer.parseInt(m.group(1)), m)));
        all.add(rule(
                "(first|second|third|fourth|1st|2nd|3rd|4th) quarter" + YEAR_OF,
                m -> quarter(m.group(2), NumberWords.ordinal(m.group(1)), m)));
        all.add(rule("(?:(first|second|1st|2nd) half" + YEAR_OF + "|h([12])" + YEAR_OF + ")", this::half));
        all.add(rule(
                "(20\\d{2})-(0[1-9]|1[0-2])",
                m -> month(YearMonth.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))), m.group())));
        all.add(rule(
                "(0?[1-9]|1[0-2])/(20\\d{2})",
                m -> month(YearMonth.of(Integer.parseInt(m.group(2)), Integer.parseInt(m.group(1))), m.group())));
        all.add(rule("(" + Months.NAME + ")" + to + "(" + Months.NAME + ")" + YEAR_OF, this::months));
        all.add(rule("(" + Months.NAME + ")" + YEAR_OF, m -> month(monthOf(m.group(1), m.group(2)), m.group())));
        all.addAll(relative());
        all.add(rule("(?:(?:the )?year |in )?(20\\d{2})", m -> year(Integer.parseInt(m.group(1)), m.group())));
        return all;
    }

    private List<Rule> relative() {
        return List.of(
                rule("(?:the )?day before yesterday", m -> Span.day(today.minusDays(2), m.group())),
                rule("yesterday|gestern|ayer", m -> Span.day(today.minusDays(1), m.group())),
                rule("today|heute|hoy", m -> Span.day(today, m.group())),
                rule("(?:year to date|ytd)", m -> new Span(today.withDayOfYear(1), today, m.group())),
                rule("(?:month to date|mtd)", m -> new Span(today.withDayOfMonth(1), today, m.group())),
                rule(
                        "(?:so far|until now|up to now|ever|all[- ]time|overall|in total|since (?:the|our) (?:beginning|start))(?! this| in)",
                        m -> new Span(Span.EVER, today, m.group())),
                rule(
                        "(?:last|past|previous|letzten|últimos) (\\d{1,4}|two|three|four|five|six|seven|ten|twelve|thirty|ninety) "
                                + "(?:" + UNIT + "|tage|días)",
                        this::lastMany),
                rule("(this|current|next|coming|following) " + UNIT, this::running),
                rule("(?:last|previous|past) " + UNIT, m -> before(m.group(1), m.group())),
                rule("letzten? monat|im vormonat|mes pasado", m -> before("month", m.group())),
                rule("letztes jahr|año pasado", m -> before("year", m.group())),
                rule("letzte woche|semana pasada", m -> before("week", m.group())),
                rule("letztes quartal|trimestre pasado", m -> before("quarter", m.group())),
                rule(
                        "(?:last |on )(monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
                        m -> Span.day(
                                today.with(TemporalAdjusters.previous(
                                        DayOfWeek.valueOf(m.group(1).toUpperCase(Locale.ROOT)))),
                                m.group())));
    }

    private static Rule rule(String pattern, Function<Matcher, @Nullable Span> read) {
        return new Rule(Pattern.compile("(?<![\\p{L}\\d/-])(?:" + pattern + ")(?![\\p{L}\\d]|-\\d)"), read);
    }

    private static Span range(LocalDate from, LocalDate to, Matcher m) {
        return from.isAfter(to) ? new Span(to, from, m.group()) : new Span(from, to, m.group());
    }

    private LocalDate date(Matcher m, int group) {
        return day(Integer.parseInt(m.group(group)), Months.number(m.group(group + 1)), m.group(group + 2));
    }

    private LocalDate day(int day, int month, @Nullable String year) {
        if (year != null) {
            return LocalDate.of(Integer.parseInt(year), month, day);
        }
        LocalDate this_ = LocalDate.of(today.getYear(), month, day);
        return this_.isAfter(today) ? this_.minusYears(1) : this_;
    }

    private @Nullable Integer year(@Nullable String said) {
        if (said == null || said.equals("the year")) {
            return null;
        }
        return switch (said) {
            case "this year" -> (Integer) today.getYear();
            case "last year" -> (Integer) (today.getYear() - 1);
            default -> Integer.valueOf(said);
        };
    }

    private YearMonth monthOf(String name, @Nullable String said) {
        Integer year = year(said);
        int number = Months.number(name);
        return year == null ? Months.latest(number, today) : YearMonth.of(year, number);
    }

    private Span month(YearMonth month, String words) {
        return running(new Span(month.atDay(1), month.atEndOfMonth(), words));
    }

    private Span months(Matcher m) {
        YearMonth last = monthOf(m.group(2), m.group(3));
        YearMonth first = YearMonth.of(last.getYear(), Months.number(m.group(1)));
        first = first.isAfter(last) ? first.minusYears(1) : first;
        return running(new Span(first.atDay(1), last.atEndOfMonth(), m.group()));
    }

    private Span quarter(@Nullable String said, int number, Matcher m) {
        Integer year = year(said);
        LocalDate first = LocalDate.of(year == null ? today.getYear() : year, 3 * number - 2, 1);
        if (year == null && first.isAfter(today)) {
            first = first.minusYears(1);
        }
        return running(new Span(first, first.plusMonths(3).minusDays(1), m.group()));
    }

    private Span half(Matcher m) {
        int number = m.group(3) == null ? NumberWords.ordinal(m.group(1)) : Integer.parseInt(m.group(3));
        Integer year = year(m.group(3) == null ? m.group(2) : m.group(4));
        LocalDate first = LocalDate.of(year == null ? today.getYear() : year, number == 1 ? 1 : 7, 1);
        if (year == null && first.isAfter(today)) {
            first = first.minusYears(1);
        }
        return running(new Span(first, first.plusMonths(6).minusDays(1), m.group()));
    }

    private Span year(int year, String words) {
        return running(new Span(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), words));
    }

    /** What has begun and not ended goes to today. */
    private Span running(Span span) {
        return span.contains(today) ? span.until(today) : span;
    }

    private Span lastMany(Matcher m) {
        int count = NumberWords.number(m.group(1));
        ChronoUnit unit = m.group(2) == null ? ChronoUnit.DAYS : unit(m.group(2));
        long many = m.group(2) != null && m.group(2).equals("quarter") ? 3L * count : count;
        return new Span(today.minus(many, unit).plusDays(1), today, m.group());
    }

    private Span running(Matcher m) {
        LocalDate first = start(today, m.group(2));
        boolean now = m.group(1).equals("this") || m.group(1).equals("current");
        LocalDate from = now ? first : next(first, m.group(2));
        LocalDate to = next(from, m.group(2)).minusDays(1);
        return running(new Span(from, to, m.group()));
    }

    private Span before(String unit, String words) {
        LocalDate end = start(today, unit).minusDays(1);
        return new Span(start(end, unit), end, words);
    }

    static LocalDate start(LocalDate day, String unit) {
        return switch (unit) {
            case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "month" -> day.withDayOfMonth(1);
            case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case "year" -> day.withDayOfYear(1);
            default -> day;
        };
    }

    private static LocalDate next(LocalDate first, String unit) {
        return unit.equals("quarter") ? first.plusMonths(3) : first.plus(1, unit(unit));
    }

    private static ChronoUnit unit(String unit) {
        return switch (unit) {
            case "week" -> ChronoUnit.WEEKS;
            case "month", "quarter" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            default -> ChronoUnit.DAYS;
        };
    }
}
