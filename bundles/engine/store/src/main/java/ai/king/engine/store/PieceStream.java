/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Reads a payload piece by piece; its end is reached only when the bytes have the digest and the size. */
final class PieceStream extends InputStream {

    /** Where pieces come from. */
    @FunctionalInterface
    interface Pieces {
        /** Empty when it is gone. */
        byte[] read(String payload, int no);
    }

    private final Pieces pieces;
    private final String payload;
    private final String digest;
    private final MessageDigest sha256 = PiecewisePayloads.sha256();
    private long left;
    private byte[] piece = new byte[0];
    private int offset;
    private int next;

    PieceStream(Pieces pieces, String payload, String digest, long size) {
        this.pieces = pieces;
        this.payload = payload;
        this.digest = digest;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (offset == piece.length && !advance()) {
            return -1;
        }
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, target, from, count);
        offset += count;
        return count;
    }

    private boolean advance() throws IOException {
        if (next < 0) {
            return false;
        }
        if (left == 0) {
            next = -1;
            piece = new byte[0];
            offset = 0;
            if (!HexFormat.of().formatHex(sha256.digest()).equals(digest)) {
                throw new IOException("payload " + digest + " was changed in the store");
            }
            return false;
        }
        byte[] more = pieces.read(payload, next++);
        if (more.length == 0 || more.length > left) {
            throw new IOException("payload " + digest + " was erased or changed while it was read");
        }
        sha256.update(more);
        left -= more.length;
        piece = more;
        offset = 0;
        return true;
    }
}
