/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What happened, in order, chained by hashes. */
@ProviderType
public interface Ledger {

    /** Sealed entries, newest first; the cursor is the sequence. */
    Page<LedgerEntry> page(@Nullable String cursor, int limit);

    /** What happened to one subject, oldest first; the newest entry may not be sealed yet. At most 500, the latest of them. */
    List<LedgerEntry> about(String subject);

    /** Recomputes the chain. */
    Verification verify();

    /** @param firstBroken sequence of the first entry that does not fit */
    record Verification(boolean valid, long entries, long unsealed, Optional<Long> firstBroken) {}
}
