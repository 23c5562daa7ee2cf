/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code user_record}: the columns of {@link ai.king.access.User}. */
@Entity(name = "User")
@Table(name = "user_record")
public class UserEntity {
    @Id
    public @Nullable String id;

    @Column(name = "password_hash")
    public @Nullable String passwordHash;

    public @Nullable String roles;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "changed_at")
    public @Nullable Instant changedAt;

    @Version
    public long version;
}
