/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code goal}: the columns of {@link ai.king.work.Goal}. */
@Entity(name = "Goal")
@Table(name = "goal")
public class GoalEntity {
    @Id
    public @Nullable String id;

    public @Nullable String kind;

    public @Nullable String text;

    public @Nullable String status;

    public @Nullable String mode;

    @Column(name = "business_id")
    public @Nullable String businessId;

    @Column(name = "risk_profile")
    public @Nullable String riskProfile;

    public @Nullable String documents;

    @Column(name = "dry_run")
    public boolean dryRun;

    public @Nullable String intent;

    public @Nullable String rationale;

    public @Nullable String error;

    @Column(name = "requested_by")
    public @Nullable String requestedBy;

    @Column(name = "by_ai")
    public boolean byAi;

    public long fence;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "finished_at")
    public @Nullable Instant finishedAt;

    @Version
    public long version;
}
