/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import ai.king.store.Json;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The advisories that an admin has put there: OSV records as JSON files, or zips of them as OSV gives them out. Read anew each
 * time, one record after the other, so that nothing of it stays in memory and new data needs no restart.
 */
final class Advisories {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int DEEPEST = 4;

    private final ObjectMapper mapper = Json.mapper();
    private final List<String> names;
    private final List<Advisory> about = new ArrayList<>();
    private int records;
    private int unreadable;
    private @Nullable Instant newest;

    private Advisories(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * What the data says about some packages.
     *
     * @param about records that name one of them
     * @param records all that there are
     * @param unreadable those that are no OSV record
     * @param newest when the youngest of them was changed; empty when none says so
     */
    record Found(List<Advisory> about, int records, int unreadable, Optional<Instant> newest) {}

    /** @param names of packages, as {@code group:artifact} */
    static Found about(Collection<String> names, Path place) throws IOException {
        Advisories advisories = new Advisories(names);
        try (Stream<Path> files = Files.walk(place, DEEPEST)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    try (InputStream in = Files.newInputStream(file)) {
                        advisories.record(in);
                    }
                } else if (name.endsWith(".zip")) {
                    advisories.zip(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new Found(
                List.copyOf(advisories.about),
                advisories.records,
                advisories.unreadable,
                Optional.ofNullable(advisories.newest));
    }

    private void zip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    record(zip);
                }
            }
        }
    }

    private void record(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        records++;
        try {
            Optional<Instant> changed = bytes.length > LARGEST ? Optional.empty() : changed(bytes);
            if (changed.isEmpty()) {
                unreadable++;
                return;
            }
            newest = newest == null || newest.isBefore(changed.get()) ? changed.get() : newest;
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (names.stream().anyMatch(text::contains)) {
                about.add(new Advisory(mapper.readTree(text)));
            }
        } catch (IOException | DateTimeParseException e) {
            unreadable++;
        }
    }

    /** The one field that every record must have, without reading the others. */
    private Optional<Instant> changed(byte[] bytes) throws IOException {
        try (JsonParser parser = mapper.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("modified")) {
                    return Optional.of(Instant.parse(parser.getText()));
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }
}
