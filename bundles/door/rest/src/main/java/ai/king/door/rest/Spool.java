/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A body that was read once to know its digest: small ones in memory, larger ones in a file that goes away when this is
 * closed.
 */
final class Spool implements AutoCloseable {

    private static final int IN_MEMORY = JsonBody.LIMIT;
    private static final int PIECE = 64 * 1024;

    private final String digest;
    private final byte[] bytes;
    private final @Nullable Path file;

    private Spool(String digest, byte[] bytes, @Nullable Path file) {
        this.digest = digest;
        this.bytes = bytes;
        this.file = file;
    }

    /** Reads a body to its end; {@link Refusal} with 413 as soon as it has more than {@code limit} bytes. */
    static Spool of(InputStream body, long limit) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] start = body.readNBytes(IN_MEMORY + 1);
        refuseOver(limit, start.length);
        if (start.length <= IN_MEMORY) {
            return new Spool(HexFormat.of().formatHex(sha256.digest(start)), start, null);
        }
        Path file = Files.createTempFile("king-body-", ".tmp");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
            out.write(start);
            copy(body, out, start.length, limit);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Spool(HexFormat.of().formatHex(sha256.digest()), new byte[0], file);
    }

    private static void copy(InputStream body, OutputStream out, long had, long limit) throws IOException {
        byte[] piece = new byte[PIECE];
        long length = had;
        for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
            length += read;
            refuseOver(limit, length);
            out.write(piece, 0, read);
        }
    }

    private static void refuseOver(long limit, long length) {
        if (length > limit) {
            throw Refusal.of(413, "the body has more than " + limit + " bytes");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Lower-case hex SHA-256 of the body. */
    String digest() {
        return digest;
    }

    InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** Everything of a small stream, as bytes. */
    static byte[] small(InputStream body, int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(body, bytes, 0, limit);
        return bytes.toByteArray();
    }
}
