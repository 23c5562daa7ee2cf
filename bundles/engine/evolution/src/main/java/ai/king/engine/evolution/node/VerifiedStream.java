/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fails at its end unless the bytes that went through are those of the digest: what is checked is what is used. */
final class VerifiedStream extends FilterInputStream {

    private final MessageDigest digest = sha256();
    private final String expected;

    VerifiedStream(InputStream in, String expected) {
        super(in);
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            verify();
        } else {
            digest.update((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            verify();
        } else {
            digest.update(buffer, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, 8_192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        String found = HexFormat.of().formatHex(((MessageDigest) clone(digest)).digest());
        if (!found.equals(expected)) {
            throw new IOException("the bytes have the digest " + found + " instead of " + expected);
        }
    }

    /** The end may be read more than once. */
    private static Object clone(MessageDigest digest) {
        try {
            return digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of the Java runtime can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
