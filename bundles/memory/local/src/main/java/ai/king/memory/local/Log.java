/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import ai.king.memory.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All entries in the order they came, in files of 64 MiB. Written by one thread at a time, read by many. */
final class Log {

    private static final Logger LOG = LoggerFactory.getLogger(Log.class);
    private static final int SIZE = 64 << 20;

    private final Path folder;
    private final String epoch;
    private volatile Segment[] segments;
    private int next;
    private long bytes;
    private long waste;

    /** Told of each record that is found, dead ones too: they keep their place in the order. */
    interface Finder {
        void found(long address, String namespace, int dimension, boolean live);
    }

    private Log(Path folder, String epoch) throws IOException {
        this.folder = folder;
        this.epoch = epoch;
        List<Segment> found = new ArrayList<>();
        while (found.isEmpty() || Files.exists(file(found.size()))) {
            found.add(Segment.open(file(found.size()), SIZE));
        }
        segments = found.toArray(Segment[]::new);
    }

    /** Opens the newest log of a folder, or begins one. */
    static Log in(Path folder) throws IOException {
        Path name = folder.resolve("epoch");
        String epoch = Files.exists(name) ? Files.readString(name).strip() : "";
        if (!epoch.matches("[0-9a-f-]{36}") || !Files.isDirectory(folder.resolve(epoch))) {
            return begin(folder);
        }
        return new Log(Files.createDirectories(folder.resolve(epoch)), epoch);
    }

    private static Log begin(Path folder) throws IOException {
        String epoch = UUID.randomUUID().toString();
        Log log = new Log(Files.createDirectories(folder.resolve(epoch)), epoch);
        log.adopt(folder);
        return log;
    }

    /** From here on this is the log of the folder; older ones are removed. */
    private void adopt(Path parent) throws IOException {
        Path draft = parent.resolve("epoch.new");
        Files.writeString(draft, epoch + "\n");
        Files.move(draft, parent.resolve("epoch"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> all = Files.list(parent)) {
            for (Path other : all.filter(Files::isDirectory)
                    .filter(each -> !each.equals(folder))
                    .toList()) {
                remove(other);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    Path folder() {
        return folder;
    }

    /** Changes when the order of the records does: what was made of another epoch does not fit. */
    String epoch() {
        return epoch;
    }

    private Path file(int number) {
        return folder.resolve(String.format("log-%05d", number));
    }

    /** Goes through all records and finds where the next one comes; once, before anything is written. */
    void scan(Finder finder) throws IOException {
        for (int number = 0; number < segments.length; number++) {
            Segment segment = segments[number];
            int offset = 0;
            int size = segment.size(offset);
            while (size > 0) {
                boolean live = segment.state(offset) == Segment.LIVE;
                finder.found(
                        address(number, offset),
                        Forms.namespace(segment.body(offset)),
                        segment.dimension(offset),
                        live);
                bytes += size;
                waste += live ? 0 : size;
                offset += size;
                size = segment.size(offset);
            }
            next = offset;
            if (size < 0) {
                LOG.warn(
                        "The memory log is torn at {} of {}; what came after is asked for again", offset, file(number));
                segment.end(offset);
                drop(number + 1);
                return;
            }
        }
    }

    private void drop(int from) throws IOException {
        for (int number = from; number < segments.length; number++) {
            Files.delete(file(number));
        }
        segments = List.of(segments).subList(0, from).toArray(Segment[]::new);
    }

    private static long address(int number, int offset) {
        return (long) number << 32 | offset;
    }

    private Segment segment(long address) {
        return segments[(int) (address >>> 32)];
    }

    long append(Entry entry, float[] vector) {
        byte[] body = Forms.bytes(entry);
        int size = Segment.sizeOf(body.length, vector.length);
        if (!segments[segments.length - 1].fits(next, size)) {
            grow(size);
        }
        long address = address(segments.length - 1, next);
        segment(address).write(next, body, vector);
        next += size;
        bytes += size;
        return address;
    }

    private void grow(int size) {
        try {
            Segment[] more = new Segment[segments.length + 1];
            System.arraycopy(segments, 0, more, 0, segments.length);
            more[segments.length] = Segment.open(file(segments.length), Math.max(SIZE, size + Long.BYTES));
            segments = more;
            next = 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the memory log cannot grow: " + e.getMessage(), e);
        }
    }

    void replaced(long address) {
        waste += size(address);
        segment(address).replaced((int) address);
    }

    void erase(long address) {
        waste += size(address);
        Segment segment = segment(address);
        segment.erase((int) address, Forms.head(Forms.namespace(segment.body((int) address))));
    }

    private int size(long address) {
        Segment segment = segment(address);
        return Segment.sizeOf(segment.body((int) address).length, segment.dimension((int) address));
    }

    boolean live(long address) {
        return segment(address).state((int) address) == Segment.LIVE;
    }

    Entry entry(long address) {
        return Forms.entry(segment(address).body((int) address));
    }

    void vector(long address, float[] into) {
        segment(address).vector((int) address, into);
    }

    /** Whether more than half of it, and more than one file, is of no use any more. */
    boolean wasteful() {
        return waste > SIZE && waste > bytes / 2;
    }

    /** A new log of what is live here, in this one's place. */
    Log compacted(Path parent) throws IOException {
        String fresh = UUID.randomUUID().toString();
        Log compact = new Log(Files.createDirectories(parent.resolve(fresh)), fresh);
        compact.scan((address, namespace, dimension, live) -> {});
        for (int number = 0; number < segments.length; number++) {
            Segment segment = segments[number];
            int offset = 0;
            for (int size = segment.size(offset); size > 0; size = segment.size(offset)) {
                if (segment.state(offset) == Segment.LIVE) {
                    float[] vector = new float[segment.dimension(offset)];
                    segment.vector(offset, vector);
                    compact.append(Forms.entry(segment.body(offset)), vector);
                }
                offset += size;
            }
        }
        compact.force();
        compact.adopt(parent);
        return compact;
    }

    void force() {
        for (Segment segment : segments) {
            segment.force();
        }
    }
}
