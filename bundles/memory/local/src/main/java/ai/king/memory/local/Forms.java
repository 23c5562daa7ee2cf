/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import ai.king.memory.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Entries as bytes; the namespace comes first, so that it can stay when the rest is erased. */
final class Forms {

    private Forms() {}

    static byte[] bytes(Entry entry) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 + entry.text().length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, entry.namespace());
            text(out, entry.id());
            text(out, entry.writer());
            text(out, entry.text());
            out.writeBoolean(entry.marked());
            out.writeLong(entry.at().getEpochSecond());
            out.writeInt(entry.at().getNano());
            out.writeInt(entry.attributes().size());
            for (Map.Entry<String, String> each : new TreeMap<>(entry.attributes()).entrySet()) {
                text(out, each.getKey());
                text(out, each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Entry entry(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String namespace = text(in);
            String id = text(in);
            String writer = text(in);
            String text = text(in);
            boolean marked = in.readBoolean();
            Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                attributes.put(text(in), text(in));
            }
            return new Entry(id, namespace, writer, text, marked, Map.copyOf(attributes), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String namespace(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return text(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the namespace with its length. */
    static int head(String namespace) {
        return Integer.BYTES + namespace.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
