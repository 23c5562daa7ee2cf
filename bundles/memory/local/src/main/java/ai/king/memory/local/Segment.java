/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One file of the log, mapped into memory: what was put there stays when the process is killed. A record's length is written
 * last, so a record is there whole or not at all; its checksum tells what a power failure tore.
 */
final class Segment {

    static final int LIVE = 1;
    static final int REPLACED = 2;
    static final int ERASED = 3;

    private static final int CRC = 4;
    private static final int STATE = 8;
    private static final int DIMENSION = 12;
    private static final int BODY = 16;
    private static final int HEAD = 20;

    private final MappedByteBuffer bytes;
    private final FloatBuffer floats;

    private Segment(MappedByteBuffer bytes) {
        this.bytes = bytes;
        this.floats = bytes.asFloatBuffer();
    }

    /** Opens or makes the file; a new one is all zeros and takes no space on disk until it is written. */
    static Segment open(Path file, int size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long length = Math.max(size, channel.size());
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            return new Segment(bytes);
        }
    }

    static int sizeOf(int body, int dimension) {
        return up(HEAD + body) + dimension * Float.BYTES;
    }

    private static int up(int size) {
        return (size + 3) & ~3;
    }

    /** Whether a record of this size fits, with the zero that ends a segment. */
    boolean fits(int offset, int size) {
        return (long) offset + size + Integer.BYTES <= bytes.capacity();
    }

    void write(int offset, byte[] body, float[] vector) {
        int size = sizeOf(body.length, vector.length);
        bytes.putInt(offset + STATE, LIVE);
        bytes.putInt(offset + DIMENSION, vector.length);
        bytes.putInt(offset + BODY, body.length);
        bytes.put(offset + HEAD, body);
        floats.put((offset + up(HEAD + body.length)) / Float.BYTES, vector);
        bytes.putInt(offset + CRC, sum(offset, size));
        // What was there before, torn by a power failure, must not look like a next record.
        if (fits(offset, size)) {
            bytes.putInt(offset + size, 0);
        }
        VarHandle.releaseFence();
        bytes.putInt(offset, size);
    }

    private int sum(int offset, int size) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(offset + DIMENSION, size - DIMENSION));
        return (int) sum.getValue();
    }

    /** The size of the record here: 0 at the end, -1 where there is something that is no record. */
    int size(int offset) {
        if (offset + HEAD > bytes.capacity() || bytes.getInt(offset) == 0) {
            return 0;
        }
        int size = bytes.getInt(offset);
        int body = bytes.getInt(offset + BODY);
        int dimension = bytes.getInt(offset + DIMENSION);
        boolean plain = body >= Integer.BYTES
                && dimension > 0
                && (long) offset + size <= bytes.capacity()
                && (long) up(HEAD + body) + (long) dimension * Float.BYTES == size;
        return plain && (state(offset) != LIVE || bytes.getInt(offset + CRC) == sum(offset, size)) ? size : -1;
    }

    /** From here on there is nothing. */
    void end(int offset) {
        bytes.putInt(offset, 0);
    }

    int state(int offset) {
        return bytes.getInt(offset + STATE);
    }

    void replaced(int offset) {
        bytes.putInt(offset + STATE, REPLACED);
    }

    /** Only the namespace stays, and the place: what was said is gone from the disk. */
    void erase(int offset, int namespace) {
        bytes.putInt(offset + STATE, ERASED);
        VarHandle.releaseFence();
        int from = offset + HEAD + namespace;
        bytes.put(from, new byte[offset + bytes.getInt(offset) - from]);
    }

    byte[] body(int offset) {
        byte[] body = new byte[bytes.getInt(offset + BODY)];
        bytes.get(offset + HEAD, body);
        return body;
    }

    int dimension(int offset) {
        return bytes.getInt(offset + DIMENSION);
    }

    void vector(int offset, float[] into) {
        floats.get((offset + up(HEAD + bytes.getInt(offset + BODY))) / Float.BYTES, into);
    }

    void force() {
        bytes.force();
    }
}
