/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a protocol says that a stream came to its end, or that it did not: asked for each frame of one call, in order. */
public interface Ending {

    /**
     * An error that this frame tells although the status was 200.
     *
     * @param event its name, where the protocol names events
     * @param data its payload
     */
    Optional<Refused> fault(@Nullable String event, String data);

    /** Whether this frame ends the answer; later ones are not looked at. */
    boolean ends(@Nullable String event, String data);

    /** When to come back, where the body of an error says it and no header does. */
    default Optional<Long> retryAfterSeconds(String body) {
        return Optional.empty();
    }

    /** Why the answer, though it is whole, is none. */
    default Optional<Refused> refusal() {
        return Optional.empty();
    }
}
