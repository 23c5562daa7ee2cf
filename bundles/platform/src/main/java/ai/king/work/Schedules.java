/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Work by the clock; each run happens on one node of the cluster. */
@ProviderType
public interface Schedules {

    /**
     * Runs a job at a fixed distance, on one node at a time. A job that throws is reported and retried in 5 minutes; after
     * 5 failures in a row it is switched off. Closing ends it on this node.
     */
    AutoCloseable every(String name, Duration distance, Runnable job);

    /** When a job runs next; null when it is switched off or unknown. */
    @Nullable
    Instant next(String name);
}
