/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger. Sequence and hashes are null until the sealer has chained it, at most a second later.
 *
 * @param hash lower-case hex SHA-256 over the previous hash, the sequence and the canonical JSON of the entry
 */
public record LedgerEntry(
        String id,
        @Nullable Long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        Map<String, Object> data,
        @Nullable String hash,
        @Nullable String previousHash) {}
