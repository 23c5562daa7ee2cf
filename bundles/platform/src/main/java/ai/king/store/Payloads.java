/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Bytes by their SHA-256, beside the ledger: bundles, documents, call arguments. Stored in pieces, so size costs no heap. */
@ProviderType
public interface Payloads {

    /** Stores bytes in the transaction and answers their lower-case hex SHA-256; null expiry keeps them. */
    String put(Tx tx, InputStream bytes, @Nullable Instant expires);

    /** The bytes of a digest, checked against it while they are read; empty when unknown, expired or erased. */
    Optional<InputStream> open(String digest);

    /** Removes the bytes of a digest; the ledger keeps the digest. */
    void erase(Tx tx, String digest);
}
