/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

/** A 64-bit hash of text that is the same on every node and in every version: FNV-1a, mixed so that all bits count. */
public final class Hash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private static final int BUCKETS = 10_000;

    private Hash() {}

    /** A number of 0 to 9,999 for a bucket, another one under each salt: what decides about a share of the buckets. */
    public static int share(String salt, String bucket) {
        return (int) Long.remainderUnsigned(of(of(salt), bucket), BUCKETS);
    }

    public static long of(String text) {
        return of(OFFSET, text);
    }

    /** Continues a hash with more text. */
    public static long of(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
