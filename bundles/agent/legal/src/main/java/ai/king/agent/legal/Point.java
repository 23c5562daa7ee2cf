/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a text must say.
 *
 * @param law where it is asked for
 * @param missing what to add when the text does not say it
 * @param applies asked only of texts that match; empty asks always
 * @param met words that say it
 * @param against words that say the opposite
 * @param related words near to it, quoted when nothing says it
 * @param negatable whether "not" in the sentence turns its meaning round
 */
record Point(
        String law,
        String missing,
        Optional<Pattern> applies,
        Pattern met,
        Optional<Pattern> against,
        Pattern related,
        boolean negatable) {

    private static final Pattern NOT = pattern("\\b(not|no|never|cannot|nobody|without|refuse|deny)\\b|n['’]t\\b");

    /** What a text says about a point. */
    enum Status {
        MET,
        /** It says nothing, or the opposite. */
        GAP,
        /** The words are there, in a sentence with "not": a person must read it; counts as a gap. */
        UNCLEAR,
        NOT_ASKED
    }

    /** The status with the words it rests on. */
    record Finding(Point point, Status status, String quote) {

        boolean open() {
            return status == Status.GAP || status == Status.UNCLEAR;
        }
    }

    static Pattern pattern(String regex) {
        return Pattern.compile("(?i)" + regex);
    }

    static Point of(String law, String missing, String met, String related) {
        return new Point(law, missing, Optional.empty(), pattern(met), Optional.empty(), pattern(related), true);
    }

    Point against(String regex) {
        return new Point(law, missing, applies, met, Optional.of(pattern(regex)), related, negatable);
    }

    Point when(String regex) {
        return new Point(law, missing, Optional.of(pattern(regex)), met, against, related, negatable);
    }

    /** For words that say it by "not": "we never see your card". */
    Point saidByNot() {
        return new Point(law, missing, applies, met, against, related, false);
    }

    Finding in(Paper paper) {
        if (applies.isPresent() && paper.first(applies.get()).isEmpty()) {
            return new Finding(this, Status.NOT_ASKED, paper.title());
        }
        Optional<String> opposite = against.flatMap(words -> paper.sentences().stream()
                .filter(sentence -> words.matcher(sentence).find() && !negated(sentence))
                .findFirst());
        if (opposite.isPresent()) {
            return new Finding(this, Status.GAP, opposite.get());
        }
        Optional<String> plain = paper.sentences().stream()
                .filter(sentence -> met.matcher(sentence).find() && !(negatable && negated(sentence)))
                .findFirst();
        return plain.map(words -> new Finding(this, Status.MET, words))
                .or(() -> paper.first(met).map(words -> new Finding(this, Status.UNCLEAR, words)))
                .orElseGet(
                        () -> new Finding(this, Status.GAP, paper.first(related).orElse(paper.title())));
    }

    private static boolean negated(String sentence) {
        return NOT.matcher(sentence).find();
    }
}
