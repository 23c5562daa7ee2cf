/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The site's own file for the store. Its configuration can come a moment after this bundle started, or be replaced while it
 * starts: a site that names a database must not work on the embedded one in that moment.
 */
final class SiteFile {

    private SiteFile() {}

    static boolean namesAnUrl() {
        return namesAnUrl(Path.of(System.getProperty("karaf.data", "."), "etc", "ai.king.engine.store.cfg"));
    }

    /** A file that cannot be read counts: better no database than the wrong one. */
    static boolean namesAnUrl(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return true;
        }
        return !values.getProperty("url", "").isBlank();
    }
}
