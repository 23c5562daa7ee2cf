/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored user; the id is the name.
 *
 * @param passwordHash encoded strong hash with its parameters; null for a user who cannot log in by password
 * @param roles labels of {@link Role}
 */
public record User(
        String id,
        @Nullable String passwordHash,
        List<String> roles,
        Instant createdAt,
        Instant changedAt,
        long version)
        implements Row {}
