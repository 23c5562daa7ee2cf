/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code exchange}: the columns of {@link ai.king.work.Exchange}. */
@Entity(name = "Exchange")
@Table(name = "exchange")
public class ExchangeEntity {
    @Id
    public @Nullable String id;

    @Column(name = "conversation_id")
    public @Nullable String conversationId;

    public @Nullable String message;

    public @Nullable String reply;

    public @Nullable String intent;

    @Column(name = "goal_id")
    public @Nullable String goalId;

    public @Nullable String actions;

    public @Nullable String sources;

    public @Nullable Instant at;

    @Version
    public long version;
}
