/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A digital business. */
public record Business(
        String id,
        String name,
        String type,
        @Nullable String niche,
        String currency,
        Status status,
        @Nullable String playbookId,
        @Nullable String riskProfile,
        Instant createdAt,
        Instant statusSince,
        long version)
        implements Row {

    /** Stage of its life. */
    public enum Status {
        DISCOVERY,
        VALIDATION,
        SETUP,
        OPERATION,
        OPTIMIZATION,
        REPLICATION,
        SUNSET
    }
}
