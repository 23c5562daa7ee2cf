/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Frames to JSON and back. It knows records, sealed interfaces of records, and a closed set of {@code java.*} types
 * ({@link Shapes}); anything else is refused in both directions, so that nothing but data can cross. Safe for use by
 * many threads.
 */
public final class Codec {

    /** The largest frame, in bytes; a longer one ends the connection. */
    public static final int LARGEST = 32 << 20;

    /** What a frame from a host may hold at most: a few bytes of JSON can take a hundred times the memory. */
    public static final long FEW_TOKENS = 1_000_000;

    /** What a frame from the platform may hold: the rows of a large business. */
    public static final long MANY_TOKENS = 50_000_000;

    private final JsonFactory json;
    private final Shapes shapes = new Shapes();

    /** @param mostTokens frames with more JSON tokens are not decoded */
    public Codec(long mostTokens) {
        json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(LARGEST)
                        .maxTokenCount(mostTokens)
                        .build())
                .build();
    }

    /** Throws {@link IllegalArgumentException} when the frame holds something that may not cross. */
    public byte[] encode(Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            shapes.of(Frame.class).write(out, frame);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot cross: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** Throws {@link IOException} when the bytes are not exactly one frame. */
    public Frame decode(byte[] bytes) throws IOException {
        try (JsonParser in = json.createParser(bytes)) {
            in.nextToken();
            Object frame = shapes.of(Frame.class).read(in);
            if (frame == null || in.nextToken() != null) {
                throw new IOException("not exactly one frame");
            }
            return (Frame) frame;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new IOException("not a frame: " + e, e);
        }
    }
}
