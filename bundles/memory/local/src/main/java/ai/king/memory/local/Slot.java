/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder of the index that nobody else has open. While one generation takes over from another both run, each in a folder of
 * its own; the platform brings each to the same content, so whichever a later start finds first is good.
 */
record Slot(Path folder, FileChannel channel, FileLock lock) implements AutoCloseable {

    private static final int MOST = 8;

    static Slot in(Path folder) throws IOException {
        for (int i = 0; i < MOST; i++) {
            Path slot = Files.createDirectories(folder.resolve("index-" + i));
            FileChannel channel =
                    FileChannel.open(slot.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Slot(slot, channel, lock);
                }
            } catch (OverlappingFileLockException e) {
                // Another generation in this process has it.
            }
            channel.close();
        }
        throw new IOException("all " + MOST + " indexes in " + folder + " are in use");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
