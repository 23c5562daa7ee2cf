/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.store.Payloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jars of releases on this node's disk, for a boot without the database; checked against their digest at every use. */
public final class JarCache {

    private final Path folder;

    /** @param name of the folder in the data folder */
    public JarCache(DataFolder data, String name) {
        folder = data.path(name);
    }

    /** The file with these bytes, fetched when it is not here or was changed. */
    public synchronized Path file(String digest, @Nullable Payloads payloads) throws IOException {
        Path file = folder.resolve(digest + ".jar");
        if (Files.exists(file)) {
            try (InputStream in = open(digest)) {
                in.transferTo(OutputStream.nullOutputStream());
                return file;
            } catch (IOException damaged) {
                if (payloads == null) {
                    throw damaged;
                }
                Files.delete(file);
            }
        }
        Optional<InputStream> bytes = payloads == null ? Optional.empty() : payloads.open(digest);
        if (bytes.isEmpty()) {
            throw new IOException("the bytes of " + digest + " are not there");
        }
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, digest, ".new");
        try (InputStream in = new VerifiedStream(bytes.get(), digest)) {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        return file;
    }

    /** A cached jar; the stream fails at its end when the bytes are not those of the digest. */
    InputStream open(String digest) throws IOException {
        return new VerifiedStream(Files.newInputStream(folder.resolve(digest + ".jar")), digest);
    }

    /** Removes every jar but these. */
    public void keep(Set<String> digests) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".jar") && !digests.contains(name.substring(0, name.length() - 4))) {
                    Files.delete(file);
                }
            }
        }
    }
}
