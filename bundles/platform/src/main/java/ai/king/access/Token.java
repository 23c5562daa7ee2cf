/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import ai.king.store.Row;
import java.time.Instant;
import java.util.List;

/** A stored API token: the id is the SHA-256 of the secret, which is shown once. */
public record Token(
        String id, String owner, String label, List<String> roles, Instant createdAt, Instant expiresAt, long version)
        implements Row {}
