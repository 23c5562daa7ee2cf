/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import ai.king.business.Reading;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table as text: each row with the names of its columns, so that a passage of it can be understood alone. */
final class CsvText {

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    private CsvText() {}

    static Reading of(byte[] bytes, Bounds bounds) throws IOException {
        String csv = utf8(bytes);
        bounds.text(csv.length());
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(csv))
                .setIgnoreEmptyLines(true)
                .get();
        StringBuilder text = new StringBuilder();
        try (CSVParser parser = CSVParser.parse(new StringReader(csv), format)) {
            List<String> names = List.of();
            for (CSVRecord row : parser) {
                bounds.going();
                if (row.getRecordNumber() == 1) {
                    names = row.toList();
                } else {
                    row(text, names, row);
                    bounds.text(text.length());
                }
            }
            String only = text.isEmpty() ? String.join(", ", names) : text.toString();
            return new Reading.Text(Visible.of(only), 1);
        }
    }

    private static void row(StringBuilder text, List<String> names, CSVRecord row) {
        String between = "";
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i).isBlank()) {
                continue;
            }
            text.append(between);
            if (i < names.size() && !names.get(i).isBlank()) {
                text.append(names.get(i).strip()).append(": ");
            }
            text.append(row.get(i).strip());
            between = "; ";
        }
        text.append("\n\n");
    }

    /** The sign that stands most often in the first line. */
    private static char separator(String csv) {
        String first = csv.lines().findFirst().orElse("");
        return SEPARATORS.stream()
                .max((a, b) -> Long.compare(count(first, a), count(first, b)))
                .orElse(',');
    }

    private static long count(String line, char sign) {
        return line.chars().filter(c -> c == sign).count();
    }

    private static String utf8(byte[] bytes) throws Unread {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unread("it is not in UTF-8");
        }
    }
}
