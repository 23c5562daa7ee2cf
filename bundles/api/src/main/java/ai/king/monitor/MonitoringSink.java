/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes signals somewhere else. */
@ConsumerType
public interface MonitoringSink {

    /**
     * Takes a batch, in order. Called by one thread at a time; may block. Slow or throwing loses this sink's own
     * oldest signals and nobody else's.
     */
    void accept(List<Signal> signals);

    /** What this sink has counted so far, as the text a scraper fetches; empty for a sink that only sends. */
    default Optional<String> exposition() {
        return Optional.empty();
    }
}
