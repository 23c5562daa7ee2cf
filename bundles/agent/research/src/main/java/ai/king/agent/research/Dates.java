/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the date of a result as search services print it. */
final class Dates {

    private static final Pattern AGO =
            Pattern.compile("(?i)(\\d{1,3}|an?) (minute|min|hour|day|week|month|year)s? ago");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "day", ChronoUnit.DAYS, "week", ChronoUnit.WEEKS, "month", ChronoUnit.MONTHS, "year", ChronoUnit.YEARS);
    private static final Pattern NUMBERS = Pattern.compile("^(\\d{2}/\\d{2}/\\d{4}), ");
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH));

    private Dates() {}

    /** Empty for what is no date that can be told for sure, and for one that is still to come. */
    static Optional<LocalDate> of(String printed, LocalDate today) {
        return read(printed.trim(), today).filter(date -> !date.isAfter(today));
    }

    private static Optional<LocalDate> read(String printed, LocalDate today) {
        Matcher ago = AGO.matcher(printed);
        if (ago.matches()) {
            int count = ago.group(1).toLowerCase(Locale.ROOT).startsWith("a") ? 1 : Integer.parseInt(ago.group(1));
            ChronoUnit unit = UNITS.get(ago.group(2).toLowerCase(Locale.ROOT));
            return Optional.of(unit == null ? today : today.minus(count, unit));
        }
        // Google News prints month, day and year before the time; without a time 03/04 could be either.
        Matcher numbers = NUMBERS.matcher(printed);
        if (numbers.find()) {
            return parsed(numbers.group(1), DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ENGLISH));
        }
        String day = printed.length() > 10 && printed.charAt(10) == 'T' ? printed.substring(0, 10) : printed;
        return FORMS.stream().flatMap(form -> parsed(day, form).stream()).findFirst();
    }

    private static Optional<LocalDate> parsed(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDate.parse(text, form));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
