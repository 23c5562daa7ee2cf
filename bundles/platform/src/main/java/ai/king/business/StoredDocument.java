/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document of a business; its bytes are a payload.
 *
 * @param text what it says, null when its media type cannot be read
 */
public record StoredDocument(
        String id,
        String businessId,
        String name,
        String mediaType,
        String sha256,
        long size,
        @Nullable String text,
        Instant createdAt,
        long version)
        implements Row {}
