/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.nio.file.Path;

/** Where this node keeps what is not in the database, and the embedded database itself. */
public final class DataFolder {

    private DataFolder() {}

    /** System property {@code king.data}, or {@code db} beside Karaf's own data. */
    public static Path path() {
        String chosen = System.getProperty("king.data", "");
        return chosen.isBlank()
                ? Path.of(System.getProperty("karaf.data", "data"), "..", "db")
                        .toAbsolutePath()
                        .normalize()
                : Path.of(chosen).toAbsolutePath();
    }
}
