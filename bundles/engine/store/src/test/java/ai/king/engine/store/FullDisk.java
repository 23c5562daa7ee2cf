/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files in {@code full:PATH} that take no more bytes while the disk is said to be full. */
public final class FullDisk extends FilePathWrapper {

    private static final AtomicBoolean FULL = new AtomicBoolean();

    /** The URL of an embedded database in the folder, on this disk. */
    static DatabaseUrl url(Path folder) {
        FilePath.register(new FullDisk());
        return new DatabaseUrl(DatabaseUrl.embedded(folder).text().replace("jdbc:h2:file:", "jdbc:h2:file:full:"));
    }

    static void fill() {
        FULL.set(true);
    }

    static void free() {
        FULL.set(false);
    }

    @Override
    public String getScheme() {
        return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static void check() throws IOException {
        if (FULL.get()) {
            throw new IOException("No space left on device");
        }
    }

    private static final class Channel extends FileBase {

        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            check();
            return file.write(from);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            check();
            return file.write(from, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
