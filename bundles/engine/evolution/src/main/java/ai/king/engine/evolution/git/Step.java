/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.git;

import java.time.Instant;
import java.util.Map;

/**
 * One commit to be.
 *
 * @param no number of the release
 * @param author who proposed it
 * @param files everything that stands in the tree afterwards, by path
 */
public record Step(long no, String author, String message, Instant at, Map<String, String> files) {

    String tag() {
        return "release-" + no;
    }
}
