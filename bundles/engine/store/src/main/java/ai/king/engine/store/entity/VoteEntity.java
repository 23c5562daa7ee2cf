/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code vote}: the columns of {@link ai.king.gate.Vote}. */
@Entity(name = "Vote")
@Table(name = "vote")
public class VoteEntity {
    @Id
    public @Nullable String id;

    @Column(name = "approval_id")
    public @Nullable String approvalId;

    public @Nullable String approver;

    public @Nullable String decision;

    public @Nullable String notes;

    public @Nullable Instant at;

    @Version
    public long version;
}
