/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What rows are put together by.
 *
 * @param column for COLUMN the column, for COHORT the member's
 * @param step of PERIOD and COHORT
 * @param steps of COHORT: how many steps after the first are followed
 */
record Grouping(Kind kind, String column, Step step, int steps) {

    private static final int MOST_STEPS = 24;

    /** The ways. */
    enum Kind {
        NONE,
        PERIOD,
        COLUMN,
        COHORT
    }

    /** A length of the calendar. */
    enum Step {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Grouping none() {
        return new Grouping(Kind.NONE, "", Step.MONTH, 0);
    }

    static Grouping of(Columns records, Map<String, String> given) {
        String by = given.getOrDefault("by", "none");
        if (by.equals("none")) {
            return none();
        }
        if (by.equals("cohort")) {
            return cohort(records, given);
        }
        if (words().contains(by)) {
            return dated(records, new Grouping(Kind.PERIOD, "", step(by), 0));
        }
        if (!records.names().contains(by) || records.type(by) != Columns.Type.TEXT) {
            throw new Unclear("by: none, cohort, " + String.join(", ", words()) + " or a column of words of "
                    + records.kind() + ", in place of \"" + by + "\"");
        }
        return new Grouping(Kind.COLUMN, by, Step.MONTH, 0);
    }

    private static Grouping cohort(Columns records, Map<String, String> given) {
        String member = given.getOrDefault("member", "");
        if (!records.names().contains(member)) {
            throw new Unclear("member: the column of " + records.kind() + " that says who comes again, as customer_id");
        }
        String steps = given.getOrDefault("steps", "6");
        if (!steps.matches("\\d{1,2}") || Integer.parseInt(steps) < 1 || Integer.parseInt(steps) > MOST_STEPS) {
            throw new Unclear("steps: after the first, 1 to " + MOST_STEPS);
        }
        Step step = step(given.getOrDefault("step", "month"));
        return dated(records, new Grouping(Kind.COHORT, member, step, Integer.parseInt(steps)));
    }

    private static Grouping dated(Columns records, Grouping grouping) {
        if (!records.dated()) {
            throw new Unclear("records with a day, for groups by time: " + records.kind() + " have none");
        }
        return grouping;
    }

    private static Step step(String word) {
        return Arrays.stream(Step.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Unclear("step: one of " + String.join(", ", words())));
    }

    private static List<String> words() {
        return Arrays.stream(Step.values()).map(Step::word).toList();
    }

    String told() {
        return switch (kind) {
            case NONE -> "";
            case PERIOD -> " by " + step.word();
            case COLUMN -> " by " + column;
            case COHORT -> " by the " + step.word() + " in which each " + column + " came first, " + steps + " on";
        };
    }
}
