/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A node's name for life: made once, kept in the file {@code node-id} of its data folder. */
final class NodeId {

    private NodeId() {}

    static String inFolder(Path folder) {
        Path file = folder.resolve("node-id");
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
            }
            String made = UUID.randomUUID().toString();
            Files.createDirectories(folder);
            Files.writeString(file, made + "\n");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the node's id cannot be kept in " + file, e);
        }
    }
}
