/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is refused with 413 as soon as it has too many bytes. */
final class Limited extends FilterInputStream {

    private final long limit;
    private long length;

    Limited(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = super.read(buffer, offset, count);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        length += read;
        if (length > limit) {
            throw Refusal.of(413, "the body has more than " + limit + " bytes");
        }
    }
}
