/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFileTest {

    @TempDir
    Path folder;

    @Test
    void seesAnUrlThatIsNamedAndNoneThatIsOnlyCommented() throws IOException {
        Path file = folder.resolve("store.cfg");
        assertThat(SiteFile.namesAnUrl(file)).isFalse();
        Files.writeString(file, "#url = jdbc:postgresql://host/db\npool.size = 4\n");
        assertThat(SiteFile.namesAnUrl(file)).isFalse();
        Files.writeString(file, "url = jdbc:postgresql://host/db\n");
        assertThat(SiteFile.namesAnUrl(file)).isTrue();
    }
}
