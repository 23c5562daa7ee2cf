/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** What this node keeps beside its database: files that are either whole or not there. */
public final class DataFolder {

    private final Path folder;

    public DataFolder(Path folder) {
        this.folder = folder;
    }

    /** {@code king.data}, or {@code db} beside Karaf's own data, where the embedded database lives, too. */
    public static DataFolder of(BundleContext context) {
        String chosen = context.getProperty("king.data");
        if (chosen != null && !chosen.isBlank()) {
            return new DataFolder(Path.of(chosen));
        }
        String karaf = context.getProperty("karaf.data");
        return new DataFolder(
                Path.of(karaf == null ? "data" : karaf, "..", "db").normalize());
    }

    /** A folder that came with the distribution: {@code king.<name>}, or {@code <name>} in Karaf's home. */
    public static Path shipped(BundleContext context, String name) {
        String chosen = context.getProperty("king." + name);
        String home = context.getProperty("karaf.home");
        return chosen != null && !chosen.isBlank() ? Path.of(chosen) : Path.of(home == null ? "" : home, name);
    }

    /** A file or folder in it. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** The text of a file; empty when there is none. */
    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path(name) + " cannot be read", e);
        }
    }

    /** Replaces a file so that a crash leaves the old or the new text. */
    void write(String name, String text) {
        try {
            Path target = path(name);
            Files.createDirectories(target.getParent());
            Path draft = target.resolveSibling(target.getFileName() + ".new");
            try (FileChannel file = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(path(name) + " cannot be written", e);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(path(name) + " cannot be removed", e);
        }
    }
}
