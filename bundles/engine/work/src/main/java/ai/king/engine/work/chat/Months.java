/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The months by the names that people use for them. */
final class Months {

    private static final List<String> NAMES = List.of(
            "january|jan|januar|enero",
            "february|feb|februar|febrero",
            "march|märz|maerz|marzo",
            "april|apr|abril",
            "may|mai|mayo",
            "june|jun|juni|junio",
            "july|jul|juli|julio",
            "august|aug|agosto",
            "september|sept|sep|septiembre",
            "october|oct|oktober|octubre",
            "november|nov|noviembre",
            "december|dec|dezember|diciembre");

    private static final String BEFORE_MAY =
            "(?<=in |of |for |about |during |since |from |to |until |through |and |between |by |last |this |before |after )";

    /** A month's name; the verb "may" is none. */
    static final String NAME = NAMES.stream()
            .map(name -> name.replaceAll("^may\\|", BEFORE_MAY + "may|"))
            .collect(Collectors.joining("|", "(?:", ")"));

    private Months() {}

    /** 1 to 12. */
    static int number(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < NAMES.size(); i++) {
            if (List.of(NAMES.get(i).split("[|]")).contains(wanted)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no month: " + name);
    }

    /** The last such month that has begun. */
    static YearMonth latest(int number, LocalDate today) {
        YearMonth month = YearMonth.of(today.getYear(), number);
        return month.isAfter(YearMonth.from(today)) ? month.minusYears(1) : month;
    }
}
