/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this process may put things, and who it is. */
final class Places {

    private Places() {}

    /** The folder for the jail's own folder; a user with a number of its own must be able to pass through it. */
    static Path parent(String configured) throws IOException {
        if (!configured.isEmpty()) {
            return Files.createDirectories(Path.of(configured)).toRealPath();
        }
        Path common = Path.of("/tmp");
        return (Files.isWritable(common) ? common : Path.of(System.getProperty("java.io.tmpdir"))).toRealPath();
    }

    /** Whether this process is root, the only user that can become others. */
    static boolean root() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }
}
