/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

/** Text of somebody else as a person may trust their eyes with it: what has no shape of its own is written out. */
final class Visible {

    private Visible() {}

    /** Control, bidirectional, invisible and unassigned characters become {@code \}{@code uXXXX}; lines and tabs stay. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character == '\n' || character == '\t' || !shapeless(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(character > 0xFFFF ? "\\U%08X" : "\\u%04X", character));
            }
        });
        return shown.toString();
    }

    private static boolean shapeless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
                // Spaces that look like the common one, or like nothing.
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }
}
