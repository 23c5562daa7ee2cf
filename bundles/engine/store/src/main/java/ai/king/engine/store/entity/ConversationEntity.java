/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code conversation}: the columns of {@link ai.king.work.Conversation}. */
@Entity(name = "Conversation")
@Table(name = "conversation")
public class ConversationEntity {
    @Id
    public @Nullable String id;

    public @Nullable String person;

    @Column(name = "business_id")
    public @Nullable String businessId;

    public @Nullable String pending;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "last_at")
    public @Nullable Instant lastAt;

    @Version
    public long version;
}
