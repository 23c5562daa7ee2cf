/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which days count: all, from one to another, or so many units back from the last day in the records.
 *
 * @param count of units back; 0 where the days are fixed
 * @param unit {@code days weeks months years}
 */
record Period(LocalDate from, LocalDate to, int count, String unit) {

    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final Pattern BACK = Pattern.compile("last (\\d{1,3}) (day|week|month|year)s?");
    private static final Pattern DAYS = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2})");

    static Period all() {
        return new Period(FIRST, LAST, 0, "");
    }

    static Period of(Columns records, String text) {
        if (text.equals("all")) {
            return all();
        }
        if (!records.dated()) {
            throw new Unclear("period: all, because " + records.kind() + " have no day");
        }
        Matcher back = BACK.matcher(text);
        if (back.matches() && Integer.parseInt(back.group(1)) > 0) {
            return new Period(FIRST, LAST, Integer.parseInt(back.group(1)), back.group(2) + "s");
        }
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            try {
                LocalDate from = LocalDate.parse(days.group(1));
                LocalDate to = LocalDate.parse(days.group(2));
                if (!to.isBefore(from)) {
                    return new Period(from, to, 0, "");
                }
            } catch (DateTimeParseException e) {
                throw new Unclear("period: days that there are, in place of \"" + text + "\"");
            }
        }
        throw new Unclear(
                "period: all, 2026-01-01..2026-03-31, or last 90 days (weeks, months, years) of the records, in place of \""
                        + text + "\"");
    }

    boolean back() {
        return count > 0;
    }

    /** The first day that counts when the records end on this one. */
    LocalDate first(LocalDate end) {
        return switch (unit) {
            case "days" -> end.minusDays(count).plusDays(1);
            case "weeks" -> end.minusWeeks(count).plusDays(1);
            case "months" -> end.minusMonths(count).plusDays(1);
            case "years" -> end.minusYears(count).plusDays(1);
            default -> from;
        };
    }
}
