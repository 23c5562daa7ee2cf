/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** Tests that come along and test nothing. */
final class Silent {

    @Test
    void neverRuns() {
        assumeTrue(false, "for ever");
    }
}
