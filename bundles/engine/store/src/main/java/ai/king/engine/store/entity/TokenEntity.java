/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code token}: the columns of {@link ai.king.access.Token}. */
@Entity(name = "Token")
@Table(name = "token")
public class TokenEntity {
    @Id
    public @Nullable String id;

    public @Nullable String owner;

    public @Nullable String label;

    public @Nullable String roles;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "expires_at")
    public @Nullable Instant expiresAt;

    @Version
    public long version;
}
