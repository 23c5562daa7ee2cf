/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of clause and the words it is found by.
 *
 * @param expected whether a contract without it leaves something open
 * @param concern why a person should look at it, when it weighs
 */
record Clause(String name, Pattern words, boolean expected, Optional<Concern> concern) {

    /** How much a clause weighs, and why. */
    record Concern(Level level, String reason) {}

    /** Levels of risk, the least first. */
    enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    static final List<Clause> ALL = List.of(
            of("renewal", "\\b(renews?|renewal|extended automatically|automatically extend)")
                    .weighs(Level.MEDIUM, "it goes on by itself unless it is ended in time"),
            of("term and notice", "\\bnotice\\b|terminat|ended in writing|\\bterm\\b.{0,20}\\bends?\\b|\\bcancel"),
            of("exclusivity", "exclusiv|\\bfrom \\p{L}+ alone\\b|non-?compet")
                    .weighs(Level.HIGH, "it binds the business to one partner"),
            of("penalty", "each breach|penalt|liquidated damages|forfeit")
                    .weighs(Level.HIGH, "a breach costs a fixed sum"),
            of("unlimited liability or indemnity", "unlimited liab|liable without limit|indemnif|hold harmless")
                    .weighs(Level.HIGH, "the sum at stake has no upper end here"),
            of("liability", "\\bliab(le|ility)|\\bdamages\\b").isExpected(),
            of("price changes", "cost \\d+(\\.\\d+)? ?% more|prices? .{0,60}(hold until|rise|increase|change|adjust)")
                    .weighs(Level.MEDIUM, "prices are fixed for a time only"),
            of("payment", "\\bpayment\\b.{0,60}\\b(net|days)|days net|pay within"),
            of("late payment", "interest on late|late payment|overdue").weighs(Level.LOW, "paying late costs interest"),
            of("delivery", "lead time|\\bdeliver(y|ed)\\b"),
            of("late delivery", "late delivery|delay(ed)? delivery"),
            of("minimum purchase", "minimum (order|quantity|purchase|volume)")
                    .weighs(Level.LOW, "less than this cannot be ordered"),
            of("defects and warranty", "\\bdefect|warrant|shelf life"),
            of("returns", "return of (unsold )?goods|return of unsold")
                    .weighs(Level.LOW, "check whether unsold goods go back"),
            of("recall", "\\brecalls?\\b"),
            of("bonus and discount", "\\bbonus\\b|\\bdiscount for\\b|\\brebate\\b"),
            of("assignment", "\\bassign(ment)?\\b.{0,60}(agreement|contract|rights)"),
            of("intellectual property", "intellectual property|trade ?marks?|copyright"),
            of("confidentiality", "confidential|non-disclosure").isExpected(),
            of("data protection", "personal data|data protection|data processing")
                    .isExpected(),
            of("governing law and courts", "governing law|governed by|jurisdiction|arbitrat|\\bcourts? of\\b")
                    .isExpected(),
            of("force majeure", "force majeure|beyond (its|their|the|our) (reasonable )?control")
                    .isExpected());

    private static Clause of(String name, String words) {
        return new Clause(name, Point.pattern(words), false, Optional.empty());
    }

    private Clause weighs(Level level, String reason) {
        return new Clause(name, words, expected, Optional.of(new Concern(level, reason)));
    }

    private Clause isExpected() {
        return new Clause(name, words, true, concern);
    }
}
