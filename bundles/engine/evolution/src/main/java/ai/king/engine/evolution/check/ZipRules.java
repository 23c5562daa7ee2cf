/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether a file is a plain zip: one meaning for every reader of it, nothing hidden, and no bomb. Sizes are counted while
 * reading, never believed.
 */
public final class ZipRules {

    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int END_LENGTH = 22;
    private static final int UNIX_TYPE = 0170000;
    private static final int UNIX_LINK = 0120000;
    private static final int RATIO = 50;
    private static final int RATIO_FROM = 1024 * 1024;
    private static final int MIB = 1024 * 1024;

    private final int entries;
    private final long packed;
    private final long unpacked;

    private ZipRules(int entries, long packed, long unpacked) {
        this.entries = entries;
        this.packed = packed;
        this.unpacked = unpacked;
    }

    /** What people may hand in: plugs bring their libraries along. */
    public static ZipRules forPeople() {
        return new ZipRules(5_000, 64L * MIB, 256L * MIB);
    }

    /** What the AI may hand in. */
    public static ZipRules forAi() {
        return new ZipRules(200, 5L * MIB, 20L * MIB);
    }

    /** What is wrong with the file; empty when nothing is. */
    public List<String> faults(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > packed) {
                return List.of("it is larger than " + packed / MIB + " MiB");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            List<String> faults = structure(bytes);
            return faults.isEmpty() ? contents(file) : faults;
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return List.of("it is no readable zip: " + e.getMessage());
        }
    }

    private List<String> structure(ByteBuffer bytes) {
        List<String> faults = new ArrayList<>();
        int end = bytes.limit() - END_LENGTH;
        if (end < 0 || bytes.getInt(end) != END) {
            return List.of("it is no zip, or something stands after its last record");
        }
        int count = Short.toUnsignedInt(bytes.getShort(end + 10));
        if (count > entries || count == 0xffff) {
            return List.of("it has " + count + " entries, at most " + entries + " are allowed");
        }
        int position = bytes.getInt(end + 16);
        if (position + bytes.getInt(end + 12) != end) {
            faults.add("something stands between its directory and its last record");
        }
        int expected = 0;
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count && faults.isEmpty(); i++) {
            if (bytes.getInt(position) != CENTRAL) {
                return List.of("its directory is damaged");
            }
            Entry entry = Entry.at(bytes, position);
            faults.addAll(entry.faults(names));
            if (entry.local() != expected) {
                faults.add("something stands before " + entry.name());
            }
            expected = entry.end(bytes, faults);
            position += entry.length();
        }
        if (faults.isEmpty() && expected != bytes.getInt(end + 16)) {
            faults.add("something stands between its last entry and its directory");
        }
        return faults;
    }

    /** Unpacks everything into nothing, with an eye on the sizes. */
    private List<String> contents(Path file) throws IOException {
        long total = 0;
        byte[] buffer = new byte[16 * 1024];
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                long size = 0;
                try (InputStream in = zip.getInputStream(entry)) {
                    int count = in.read(buffer);
                    if (count >= 4
                            && ByteBuffer.wrap(buffer)
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getInt()
                                    == LOCAL) {
                        return List.of("it holds another archive: " + entry.getName());
                    }
                    while (count >= 0) {
                        size += count;
                        total += count;
                        if (total > unpacked) {
                            return List.of("unpacked it is larger than " + unpacked / MIB + " MiB");
                        }
                        if (size > RATIO_FROM && size > RATIO * Math.max(1, entry.getCompressedSize())) {
                            return List.of(entry.getName() + " is packed more than " + RATIO + " to 1");
                        }
                        count = in.read(buffer);
                    }
                }
            }
        }
        return List.of();
    }

    /** One record of the directory. */
    private record Entry(
            String name, int flags, int method, int crc, int packed, int size, int local, int length, int mode) {

        static Entry at(ByteBuffer bytes, int at) {
            int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
            int more = Short.toUnsignedInt(bytes.getShort(at + 30)) + Short.toUnsignedInt(bytes.getShort(at + 32));
            return new Entry(
                    text(bytes, at + 46, nameLength),
                    Short.toUnsignedInt(bytes.getShort(at + 8)),
                    Short.toUnsignedInt(bytes.getShort(at + 10)),
                    bytes.getInt(at + 16),
                    bytes.getInt(at + 20),
                    bytes.getInt(at + 24),
                    bytes.getInt(at + 42),
                    46 + nameLength + more,
                    bytes.getInt(at + 38) >>> 16);
        }

        List<String> faults(Set<String> seen) {
            List<String> faults = new ArrayList<>();
            String lower = name.toLowerCase(Locale.ROOT);
            if (!seen.add(lower)) {
                faults.add("it has two entries called " + name);
            }
            if (name.startsWith("/")
                    || name.contains("\\")
                    || name.indexOf('\0') >= 0
                    || name.contains(":")
                    || List.of(name.split("/")).contains("..")) {
                faults.add("its entry " + name + " points out of it");
            }
            if (lower.endsWith(".jar") || lower.endsWith(".zip") || lower.endsWith(".war")) {
                faults.add("it holds another archive: " + name);
            }
            if ((mode & UNIX_TYPE) == UNIX_LINK) {
                faults.add("its entry " + name + " is a link");
            }
            if ((flags & 1) != 0 || (method != ZipEntry.STORED && method != ZipEntry.DEFLATED)) {
                faults.add("its entry " + name + " is encrypted or packed in an unusual way");
            }
            if (packed < 0 || size < 0 || local < 0) {
                faults.add("its entry " + name + " is too large");
            }
            return faults;
        }

        /** Where the entry ends, when its own header says the same as the directory. */
        int end(ByteBuffer bytes, List<String> faults) {
            if (!faults.isEmpty()) {
                return 0;
            }
            int nameLength = Short.toUnsignedInt(bytes.getShort(local + 26));
            boolean later = (flags & 8) != 0;
            boolean same = bytes.getInt(local) == LOCAL
                    && Short.toUnsignedInt(bytes.getShort(local + 6)) == flags
                    && Short.toUnsignedInt(bytes.getShort(local + 8)) == method
                    && text(bytes, local + 30, nameLength).equals(name)
                    && (later
                            || (bytes.getInt(local + 14) == crc
                                    && bytes.getInt(local + 18) == packed
                                    && bytes.getInt(local + 22) == size));
            if (!same) {
                faults.add("the header of " + name + " says something else than the directory");
                return 0;
            }
            int end = local + 30 + nameLength + Short.toUnsignedInt(bytes.getShort(local + 28)) + packed;
            if (!later) {
                return end;
            }
            boolean signed = bytes.getInt(end) == DESCRIPTOR;
            return end + (signed ? 16 : 12);
        }

        private static String text(ByteBuffer bytes, int at, int length) {
            ByteBuffer part = bytes.slice(at, length);
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("the name of an entry is no UTF-8", e);
            }
        }
    }
}
