/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

/**
 * What one jailed program may use.
 *
 * @param heapMiB heap of its JVM
 * @param memoryMiB all memory of its process, where a cgroup enforces it
 * @param addressMiB addresses its process may map
 * @param diskMiB bytes in its own folder, and in one file
 * @param threads threads, those of the JVM itself included
 * @param files open files
 * @param outputBytes what it may print before it is ended, or, when it serves calls, before the rest is dropped
 */
record Limits(int heapMiB, int memoryMiB, int addressMiB, int diskMiB, int threads, int files, long outputBytes) {

    static final Limits STANDARD = new Limits(512, 896, 2048, 64, 200, 1024, 1 << 20);

    private static final int BESIDE_THE_HEAP = 128;

    /** What it counts for in the memory of all. */
    int shareMiB() {
        return heapMiB + BESIDE_THE_HEAP;
    }
}
