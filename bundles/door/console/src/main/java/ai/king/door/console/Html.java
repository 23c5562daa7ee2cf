/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A page under construction: markup as it is, text only escaped. */
final class Html {

    private static final int SHORT = 120;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();

    /** Markup of this page; never a value. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** A value as text, in an element or in a quoted attribute. */
    Html text(@Nullable Object value) {
        String text = value == null ? "" : String.valueOf(value);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> visible(c);
            }
        });
        return this;
    }

    /** What would turn the order of the letters, or has no shape, is written out: it could make a text look like another. */
    private void visible(int c) {
        boolean turns = c == 0x61C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
        if (turns || (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
            out.append(String.format("[U+%04X]", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    Html cell(@Nullable Object value) {
        return raw("<td>").text(value).raw("</td>");
    }

    Html number(@Nullable Object value) {
        return raw("<td class=\"n\">").text(value).raw("</td>");
    }

    /** A word in a coloured frame; its own name is the colour's class. */
    Html badge(Object value) {
        String word = String.valueOf(value);
        return raw("<span class=\"badge ")
                .text(word.toLowerCase(Locale.ROOT))
                .raw("\">")
                .text(word.toLowerCase(Locale.ROOT).replace('_', ' '))
                .raw("</span>");
    }

    Html hidden(String name, String value) {
        return raw("<input type=\"hidden\" name=\"")
                .text(name)
                .raw("\" value=\"")
                .text(value)
                .raw("\">");
    }

    /** Opens a table under a head; its rows follow, then {@code </tbody></table>}. */
    Html table(String title, String... columns) {
        return raw("<h2>").text(title).raw("</h2>").columns(columns);
    }

    /** Opens a table without a head of its own. */
    Html columns(String... columns) {
        raw("<table><thead><tr>");
        for (String column : columns) {
            raw("<th>").text(column).raw("</th>");
        }
        return raw("</tr></thead><tbody>");
    }

    /** To the minute, UTC. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** As much of a text as a cell holds. */
    static String shortened(String text) {
        return text.length() <= SHORT ? text : text.substring(0, SHORT - 1) + "…";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
