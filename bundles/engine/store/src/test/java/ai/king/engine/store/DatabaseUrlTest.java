/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/x/king",
                "jdbc:h2:file:/x/king;WRITE_DELAY=500",
                "jdbc:h2:file:/x/king;WRITE_DELAY=0;write_delay=500",
                "jdbc:h2:file:/x/king;WRITE_DELAY=0;INIT=RUNSCRIPT FROM 'http://x/y'",
                "jdbc:h2:file:/x/king;WRITE_DELAY=0;init=create alias x",
                "jdbc:h2:file:/x/king;WRITE_DELAY=0;TRACE_LEVEL_SYSTEM_OUT=3",
                "jdbc:h2:file:/x/king;WRITE_DELAY=0;AUTO_SERVER=TRUE",
                "jdbc:h2:tcp://localhost/x;WRITE_DELAY=0",
                "jdbc:h2:mem:x;WRITE_DELAY=0",
                "jdbc:h2:/x/king;WRITE_DELAY=0",
                "jdbc:mysql://localhost/x"
            })
    void refusesAUrlThatLosesCommitsOrReachesOut(String url) {
        assertThatThrownBy(() -> new DatabaseUrl(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAnH2FileThatKeepsCommitsAndPostgresql() {
        assertThat(DatabaseUrl.embedded(Path.of("/x")).text())
                .isEqualTo("jdbc:h2:file:/x/king;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        assertThat(new DatabaseUrl("jdbc:h2:file:/x/king;write_delay=0").h2()).isTrue();
        assertThat(new DatabaseUrl("jdbc:postgresql://db/king?sslmode=verify-full").h2())
                .isFalse();
    }
}
