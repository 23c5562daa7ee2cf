/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import java.time.LocalDate;

/** Days from one to another, both included. */
record Period(LocalDate from, LocalDate to, String label) {

    static Period quarterOf(LocalDate day) {
        int quarter = (day.getMonthValue() - 1) / 3;
        LocalDate from = LocalDate.of(day.getYear(), quarter * 3 + 1, 1);
        return new Period(from, from.plusMonths(3).minusDays(1), day.getYear() + "-Q" + (quarter + 1));
    }

    Period before() {
        return quarterOf(from.minusDays(1));
    }

    Period aYearBefore() {
        return quarterOf(from.minusYears(1));
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
