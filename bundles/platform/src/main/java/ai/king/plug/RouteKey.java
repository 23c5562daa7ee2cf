/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

import java.util.Optional;

/**
 * What decides between the generations of a name.
 *
 * @param bucket goal or task id: one goal sees one world
 * @param pinned a generation that must serve the call: a step with a recorded effect resumes only where it was made
 */
public record RouteKey(String bucket, Optional<String> pinned) {

    public static RouteKey of(String bucket) {
        return new RouteKey(bucket, Optional.empty());
    }

    public RouteKey pin(String generation) {
        return new RouteKey(bucket, Optional.of(generation));
    }
}
