/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run stands.
 *
 * @param home the repository
 * @param work a folder for what the run leaves behind
 * @param rounds how often ours and the peer take turns
 * @param raw every round's figures, a line each
 */
record Setting(Path home, Path work, int rounds, PrintWriter raw) {

    /** An empty folder of this run. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(work), name + "-");
    }

    /** Keeps a round's figures beside the table. */
    void note(String line) {
        raw.println(line);
        raw.flush();
    }
}
