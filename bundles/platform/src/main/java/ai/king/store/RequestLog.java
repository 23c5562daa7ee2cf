/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Requests with an idempotency key. The key is stored by the first {@link Store#write} of an actor that carries it, in
 * that transaction; a second such write throws {@link DuplicateRow}.
 */
@ProviderType
public interface RequestLog {

    Optional<Answer> find(String key);

    /** Keeps what was answered, so that the same key answers it again. */
    void answered(String key, int status, String body);

    /**
     * @param subject what the request's first ledger entry was about: enough to answer when the process died before
     *     {@code status} and {@code body} were kept
     */
    record Answer(String digest, String subject, @Nullable Integer status, @Nullable String body) {}
}
