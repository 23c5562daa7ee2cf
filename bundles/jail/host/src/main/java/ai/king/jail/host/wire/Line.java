/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * One end of the pipe: four bytes of length, then the frame. Many threads may send; one thread receives. It keeps no
 * byte of a frame it has handed on.
 */
public final class Line implements Closeable {

    private final DataInputStream in;
    private final OutputStream out;
    private final Codec codec;
    private final int largest;

    /** Frames longer than {@code largest} bytes are not accepted from the other side. */
    public Line(InputStream in, OutputStream out, Codec codec, int largest) {
        // Not buffered: what follows a frame must not lie about in this process.
        this.in = new DataInputStream(in);
        this.out = out;
        this.codec = codec;
        this.largest = largest;
    }

    /** Sends one frame; returns when the pipe has taken it. */
    public void send(Frame frame) throws IOException {
        byte[] bytes = codec.encode(frame);
        if (bytes.length > Codec.LARGEST) {
            throw new IllegalArgumentException("a frame of " + bytes.length + " bytes");
        }
        // One write for both parts: a frame is one system call, and a reader wakes up once.
        byte[] whole = ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        synchronized (out) {
            out.write(whole);
            out.flush();
        }
    }

    /** Waits for the next frame; throws {@link EOFException} when the other side is gone. */
    public Frame receive() throws IOException {
        int length = in.readInt();
        if (length <= 0 || length > largest) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return codec.decode(bytes);
    }

    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
