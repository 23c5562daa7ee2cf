/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code step}: the columns of {@link ai.king.work.Step}. */
@Entity(name = "Step")
@Table(name = "step")
public class StepEntity {
    @Id
    public @Nullable String id;

    @Column(name = "goal_id")
    public @Nullable String goalId;

    public @Nullable String name;

    public @Nullable String agent;

    public @Nullable String action;

    public @Nullable String input;

    @Column(name = "depends_on")
    public @Nullable String dependsOn;

    public int priority;

    public @Nullable String risk;

    public @Nullable String status;

    public int attempts;

    @Column(name = "approval_id")
    public @Nullable String approvalId;

    public @Nullable String missing;

    public @Nullable String output;

    public @Nullable String report;

    public @Nullable String error;

    public @Nullable String generation;

    @Column(name = "agent_version")
    public @Nullable String agentVersion;

    public boolean marked;

    @Column(name = "not_before")
    public @Nullable Instant notBefore;

    @Column(name = "wait_until")
    public @Nullable Instant waitUntil;

    @Column(name = "started_at")
    public @Nullable Instant startedAt;

    @Column(name = "finished_at")
    public @Nullable Instant finishedAt;

    @Version
    public long version;
}
