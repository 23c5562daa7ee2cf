/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders that a jailed program filled: nothing in them is followed or trusted. */
final class Folders {

    /** What an empty file or a name takes, so that a million of them is not nothing. */
    private static final long EACH = 4096;

    private Folders() {}

    /** Removes the folder with everything in it; links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Bytes in the folder; counting ends above {@code enough}. */
    static long size(Path folder, long enough) throws IOException {
        long[] sum = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return add(attributes.size());
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Gone since it was listed, or made unreadable: it still has a name.
                return add(0);
            }

            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return add(0);
            }

            private FileVisitResult add(long bytes) {
                sum[0] += EACH + bytes;
                return sum[0] > enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
