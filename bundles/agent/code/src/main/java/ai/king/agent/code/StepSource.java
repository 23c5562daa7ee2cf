/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

/** What a step of time is in Java: where the one of a day begins, what it is called, and how steps are counted. */
final class StepSource {

    private StepSource() {}

    static String start(Grouping.Step step) {
        return switch (step) {
            case DAY -> "day";
            case WEEK -> "day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))";
            case MONTH -> "day.withDayOfMonth(1)";
            case QUARTER -> "day.withDayOfMonth(1).with(day.getMonth().firstMonthOfQuarter())";
            case YEAR -> "day.withDayOfYear(1)";
        };
    }

    static String label(Grouping.Step step) {
        return switch (step) {
            case DAY, WEEK -> "start.toString()";
            case MONTH -> "YearMonth.from(start).toString()";
            case QUARTER -> "start.getYear() + \"-Q\" + ((start.getMonthValue() + 2) / 3)";
            case YEAR -> "Integer.toString(start.getYear())";
        };
    }

    static String after(Grouping.Step step) {
        return switch (step) {
            case DAY -> "plusDays(step)";
            case WEEK -> "plusWeeks(step)";
            case MONTH -> "plusMonths(step)";
            case QUARTER -> "plusMonths(3 * step)";
            case YEAR -> "plusYears(step)";
        };
    }

    static String between(Grouping.Step step) {
        return switch (step) {
            case DAY -> "DAYS.between(from, to)";
            case WEEK -> "WEEKS.between(from, to)";
            case MONTH -> "MONTHS.between(from, to)";
            case QUARTER -> "MONTHS.between(from, to) / 3";
            case YEAR -> "YEARS.between(from, to)";
        };
    }
}
