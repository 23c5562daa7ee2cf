/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import java.util.regex.Pattern;

/** Text as a person sees it. */
final class Visible {

    /** Control, zero-width, bidirectional, tag and private characters; line ends and tabs stay. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\n\\t]]");

    private Visible() {}

    /** Without what only machines see; blank lines and runs of spaces folded. */
    static String of(String text) {
        return UNSEEN.matcher(text.replaceAll("\\R", "\n"))
                .replaceAll("")
                .replaceAll("[ \\xA0]+", " ")
                .replaceAll(" ?\\n ?", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }
}
