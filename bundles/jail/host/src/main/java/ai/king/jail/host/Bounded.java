/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.io.IOException;
import java.io.OutputStream;

/** Passes the first bytes on and drops the rest. */
final class Bounded extends OutputStream {

    private final OutputStream out;
    private long left;

    Bounded(OutputStream out, long most) {
        this.out = out;
        left = most;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int passed = (int) Math.min(left, length);
        if (passed > 0) {
            out.write(bytes, offset, passed);
            left -= passed;
        }
    }
}
