/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A business in memory, built row by row or read from a folder of CSV files such as {@code config/examples/pet-supplies}. */
public final class FakeBusiness implements BusinessData {

    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final Map<String, List<List<Object>>> rows = new LinkedHashMap<>();
    private final Map<String, String> documents = new LinkedHashMap<>();

    public FakeBusiness columns(String kind, String... names) {
        columns.put(kind, List.of(names));
        rows.putIfAbsent(kind, new ArrayList<>());
        return this;
    }

    /** Adds a row; texts that read as a date or a number become one. */
    public FakeBusiness row(String kind, String... cells) {
        List<Object> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(value(cell));
        }
        rows.computeIfAbsent(kind, unused -> new ArrayList<>()).add(row);
        return this;
    }

    public FakeBusiness document(String name, String text) {
        documents.put(name, text);
        return this;
    }

    /** Reads {@code <kind>.csv} files (no quoted commas inside) and {@code documents/*}. */
    public static FakeBusiness read(Path folder) {
        FakeBusiness business = new FakeBusiness();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
                String kind = file.getFileName().toString().replace(".csv", "");
                List<String> lines = Files.readAllLines(file);
                business.columns(kind, lines.get(0).split(",", -1));
                lines.stream().skip(1).forEach(line -> business.row(kind, cells(line)));
            }
            Path texts = folder.resolve("documents");
            if (Files.isDirectory(texts)) {
                try (Stream<Path> found = Files.list(texts)) {
                    for (Path file : found.sorted().toList()) {
                        business.document(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
            return business;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells.toArray(String[]::new);
    }

    private static Object value(String cell) {
        if (cell.matches("\\d{4}-\\d{2}-\\d{2}")) {
            try {
                return LocalDate.parse(cell);
            } catch (DateTimeParseException e) {
                return cell;
            }
        }
        return cell.matches("-?\\d+(\\.\\d+)?") ? new BigDecimal(cell) : cell;
    }

    @Override
    public Map<String, String> profile() {
        return Map.of(
                "id",
                "b-1",
                "name",
                "Test",
                "type",
                "dropshipping",
                "niche",
                "",
                "status",
                "OPERATION",
                "currency",
                "USD");
    }

    @Override
    public Records records(String kind, LocalDate from, LocalDate to) {
        List<String> names = columns.getOrDefault(kind, List.of());
        int date = names.indexOf("date");
        List<List<Object>> found = rows.getOrDefault(kind, List.of()).stream()
                .filter(row -> date < 0 || within(row.get(date), from, to))
                .map(List::copyOf)
                .toList();
        return new Records(kind, names, found, digest(names + "\n" + found));
    }

    private static boolean within(Object cell, LocalDate from, LocalDate to) {
        return cell instanceof LocalDate day && !day.isBefore(from) && !day.isAfter(to);
    }

    @Override
    public List<Document> documents() {
        return documents.entrySet().stream()
                .map(entry -> new Document(
                        entry.getKey(),
                        entry.getKey(),
                        entry.getKey().endsWith(".md") ? "text/markdown" : "text/plain",
                        digest(entry.getValue()),
                        entry.getValue().length()))
                .toList();
    }

    @Override
    public String text(String documentId) {
        String text = documents.get(documentId);
        if (text == null) {
            throw new IllegalArgumentException("no document " + documentId);
        }
        return text;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
