/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Cells and lines as all commands print them. */
final class Print {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Print() {}

    /** A table with a line of its own when it is empty. */
    static ShellTable table(String empty, String... columns) {
        ShellTable table = new ShellTable().emptyTableText(empty);
        for (String column : columns) {
            table.column(column);
        }
        return table;
    }

    static PrintStream to(Session session) {
        return session.getConsole();
    }

    static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    /** One line of a text from outside: no control characters reach the terminal. */
    static String line(@Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : line(String.valueOf(value), 400);
    }
}
