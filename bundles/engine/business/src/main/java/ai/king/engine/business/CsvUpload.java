/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180, header first) line by line in bounded memory. The bytes are parsed as Latin-1, whose characters
 * are bytes, and each cell is decoded as UTF-8 by itself: so a wrong byte is the fault of one line.
 */
final class CsvUpload {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final RecordKind kind;
    private final Lines lines;

    CsvUpload(RecordKind kind, Lines lines) {
        this.kind = kind;
        this.lines = lines;
    }

    /** Reads to the end, or to the first line after which nothing can be told apart any more. */
    void read(InputStream bytes) throws IOException {
        LongLineGuard guard = new LongLineGuard(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
        try (CSVParser parser =
                CSVParser.builder().setReader(guard).setFormat(FORMAT).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = 1;
            int @Nullable [] places = null;
            while (hasNext(records, parser)) {
                CSVRecord cells = records.next();
                guard.lineRead();
                if (places == null) {
                    places = header(cells);
                    if (places == null) {
                        return;
                    }
                } else if (cells.size() > 1 || !cells.get(0).isBlank()) {
                    take(line, cells, places);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            if (places == null) {
                lines.bad(1, "there is no header; expected " + String.join(",", kind.columnNames()));
            }
        }
    }

    private boolean hasNext(Iterator<CSVRecord> records, CSVParser parser) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException | IllegalStateException broken) {
            if (broken.getCause() instanceof LongLineGuard.TooLong tooLong) {
                lines.bad(parser.getCurrentLineNumber() + 1, tooLong.getMessage() + "; nothing after it was read");
            } else if (broken.getCause() instanceof CSVException) {
                lines.bad(parser.getCurrentLineNumber() + 1, "the quotes are malformed; nothing after it was read");
            } else if (broken instanceof UncheckedIOException lost) {
                throw lost.getCause();
            } else {
                throw broken;
            }
            return false;
        }
    }

    /** For each column of the kind its place in the file, or -1; null when the header cannot be used. */
    private int @Nullable [] header(CSVRecord header) {
        List<String> names = new ArrayList<>();
        header.forEach(name -> names.add(name.strip()));
        names.set(0, names.get(0).replace(BYTE_ORDER_MARK, "").strip());
        List<String> wrong = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!kind.columnNames().contains(name)) {
                wrong.add("unknown column " + Names.shown(name));
            } else if (!seen.add(name)) {
                wrong.add("column " + name + " stands twice");
            }
        }
        kind.columns().stream()
                .filter(column -> column.required() && !seen.contains(column.name()))
                .forEach(column -> wrong.add("column " + column.name() + " is missing"));
        if (!wrong.isEmpty()) {
            lines.bad(1, String.join("; ", wrong) + "; expected " + String.join(",", kind.columnNames()));
            return null;
        }
        return kind.columnNames().stream().mapToInt(names::indexOf).toArray();
    }

    private void take(long line, CSVRecord record, int[] places) {
        int width = (int) Arrays.stream(places).filter(place -> place >= 0).count();
        if (record.size() != width) {
            lines.bad(line, "has " + record.size() + " cells, the header has " + width);
            return;
        }
        try {
            @Nullable Object[] cells = new @Nullable Object[places.length];
            for (int i = 0; i < places.length; i++) {
                Column column = kind.columns().get(i);
                cells[i] = places[i] < 0 ? null : column.parse(decode(column, record.get(places[i])));
            }
            kind.check(cells);
            lines.good(line, cells);
        } catch (BadCell bad) {
            lines.bad(line, bad.reason());
        }
    }

    private static String decode(Column column, String bytes) {
        if (bytes.chars().allMatch(c -> c < 0x80)) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new BadCell(column.name() + " is not valid UTF-8");
        }
    }

    /** Stops at a line without an end (a quote that is never closed) before it fills the memory. */
    private static final class LongLineGuard extends Reader {
        private static final int LONGEST_LINE = 1024 * 1024;
        private final Reader reader;
        private int sinceLine;

        LongLineGuard(Reader reader) {
            this.reader = new BufferedReader(reader);
        }

        void lineRead() {
            sinceLine = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = reader.read(buffer, offset, length);
            sinceLine += Math.max(count, 0);
            if (sinceLine > LONGEST_LINE) {
                throw new TooLong();
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }

        private static final class TooLong extends IOException {
            private static final long serialVersionUID = 1;

            TooLong() {
                super("the line is longer than 1 MiB, or a quote is never closed");
            }
        }
    }
}
