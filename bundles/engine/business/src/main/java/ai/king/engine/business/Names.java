/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

/** Checks short texts that people choose. */
final class Names {

    private Names() {}

    /** The text without blanks around it; {@link IllegalArgumentException} when it is empty, too long or unprintable. */
    static String checked(String what, String text, int longest) {
        String clean = text.strip();
        if (clean.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (clean.length() > longest) {
            throw new IllegalArgumentException(what + " is longer than " + longest + " characters");
        }
        if (clean.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " contains a control character");
        }
        return clean;
    }

    /** The start of a text from outside, safe to stand in an answer. */
    static String shown(String text) {
        String clean = text.codePoints()
                .limit(40)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + clean + (text.length() > 40 ? "..." : "") + '"';
    }
}
