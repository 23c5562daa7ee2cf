/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Why each backend that was asked did not answer, as one error. */
final class Causes {

    private final List<String> causes = new ArrayList<>();
    private long soonest = Long.MAX_VALUE;

    void add(String backend, String reason, OptionalLong retryAfterSeconds) {
        causes.add(backend + ": " + reason);
        soonest = Math.min(soonest, retryAfterSeconds.orElse(Long.MAX_VALUE));
    }

    Reply.Unavailable together() {
        return new Reply.Unavailable(
                "no backend answers: " + String.join("; ", causes),
                true,
                soonest == Long.MAX_VALUE ? Optional.empty() : Optional.of(soonest));
    }
}
