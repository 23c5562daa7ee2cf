/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class WeakestHostileTest extends HostileTest {

    WeakestHostileTest() {
        super("T1");
    }

    /** Where the own folder is on disk; in memory the group counts what names take. */
    @Test
    void aFolderFullOfEmptyFilesIsNoticed() throws IOException {
        assertThat(call("names")).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                .contains("MiB in its folder"));
    }
}
