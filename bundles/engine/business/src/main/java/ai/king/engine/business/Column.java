/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One column of a kind of record, and how the text of a cell becomes a value.
 *
 * @param name as in the header of the import
 * @param required whether a cell must hold something; an optional empty cell is null, never a made-up value
 * @param words what a text may be; empty when any text is good
 */
record Column(String name, Type type, boolean required, Set<String> words) {

    /** What a cell holds. */
    enum Type {
        TEXT,
        DAY,
        WHOLE,
        /** Money, not negative. */
        AMOUNT,
        /** Money of either sign. */
        SIGNED_AMOUNT,
        /** A decimal of either sign. */
        NUMBER,
        PERCENT;

        /** The name that the contract and its callers use. */
        String label() {
            return switch (this) {
                case TEXT -> "text";
                case DAY -> "date";
                case WHOLE -> "integer";
                case AMOUNT, SIGNED_AMOUNT -> "money";
                case NUMBER, PERCENT -> "number";
            };
        }

        int sqlType() {
            return switch (this) {
                case TEXT -> Types.VARCHAR;
                case DAY -> Types.DATE;
                case WHOLE -> Types.BIGINT;
                case AMOUNT, SIGNED_AMOUNT, NUMBER, PERCENT -> Types.NUMERIC;
            };
        }
    }

    private static final int LONGEST_TEXT = 500;
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 12, 31);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,12}");

    static Column required(String name, Type type) {
        return new Column(name, type, true, Set.of());
    }

    static Column optional(String name, Type type) {
        return new Column(name, type, false, Set.of());
    }

    static Column oneOf(String name, String... words) {
        return new Column(name, Type.TEXT, true, Set.of(words));
    }

    /** The name in SQL, where {@code date} is a type. */
    String sqlName() {
        return name.equals("date") ? "day_on" : name;
    }

    /**
     * The value of a cell: String, LocalDate, Long or BigDecimal, null for an optional empty one. Throws
     * {@link BadCell} with the reason.
     */
    @Nullable
    Object parse(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            if (required) {
                throw new BadCell(name + " is empty");
            }
            return null;
        }
        return switch (type) {
            case TEXT -> text(text);
            case DAY -> day(text);
            case WHOLE -> whole(text);
            case AMOUNT -> notNegative(decimal(text));
            case SIGNED_AMOUNT, NUMBER -> decimal(text);
            case PERCENT -> percent(text);
        };
    }

    private String text(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new BadCell(name + " is longer than " + LONGEST_TEXT + " characters");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadCell(name + " contains a control character");
        }
        if (!words.isEmpty() && !words.contains(text)) {
            throw new BadCell(
                    name + " must be one of " + words.stream().sorted().toList() + ", not " + Names.shown(text));
        }
        return text;
    }

    private LocalDate day(String text) {
        Optional<LocalDate> day = isoDay(text);
        if (day.isEmpty() || day.get().isBefore(EARLIEST) || day.get().isAfter(LATEST)) {
            throw new BadCell(name + " must be a date such as 2026-09-30, not " + Names.shown(text));
        }
        return day.get();
    }

    private static Optional<LocalDate> isoDay(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private Long whole(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new BadCell(name + " must be a whole number, not " + Names.shown(text));
        }
        long value = Long.parseLong(text);
        if (value < 0) {
            throw new BadCell(name + " is negative: " + text);
        }
        return value;
    }

    private BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new BadCell(name + " must be a decimal number such as 12.50, not " + Names.shown(text));
        }
        return new BigDecimal(text);
    }

    private BigDecimal notNegative(BigDecimal value) {
        if (value.signum() < 0) {
            throw new BadCell(name + " is negative: " + value.toPlainString());
        }
        return value;
    }

    private BigDecimal percent(String text) {
        BigDecimal value = notNegative(decimal(text));
        if (value.compareTo(HUNDRED) > 0) {
            throw new BadCell(name + " must be a percentage from 0 to 100, not " + text);
        }
        return value;
    }
}
