/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import org.jspecify.annotations.Nullable;

/** A page under construction: markup as it is, text only escaped. */
final class Html {

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
                default -> out.appendCodePoint(c);
            }
        });
        return this;
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
                .text(word.toLowerCase(java.util.Locale.ROOT))
                .raw("\">")
                .text(word.toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                .raw("</span>");
    }

    Html hidden(String name, String value) {
        return raw("<input type=\"hidden\" name=\"")
                .text(name)
                .raw("\" value=\"")
                .text(value)
                .raw("\">");
    }

    /** Opens a table; its rows follow, then {@code </tbody></table>}. */
    Html table(String title, String... columns) {
        raw("<h2>").text(title).raw("</h2><table><thead><tr>");
        for (String column : columns) {
            raw("<th>").text(column).raw("</th>");
        }
        return raw("</tr></thead><tbody>");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
