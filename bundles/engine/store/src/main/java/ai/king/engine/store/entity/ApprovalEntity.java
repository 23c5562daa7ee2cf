/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.math.BigDecimal;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code approval}: the columns of {@link ai.king.gate.Approval}. */
@Entity(name = "Approval")
@Table(name = "approval")
public class ApprovalEntity {
    @Id
    public @Nullable String id;

    public @Nullable String type;

    public @Nullable String title;

    public @Nullable String description;

    public @Nullable String risk;

    public int urgency;

    @Column(name = "risk_factors")
    public @Nullable String riskFactors;

    public @Nullable String payload;

    @Column(name = "payload_sha256")
    public @Nullable String payloadSha256;

    public @Nullable BigDecimal amount;

    public @Nullable String currency;

    public @Nullable String status;

    public int approvers;

    public boolean legal;

    @Column(name = "subject_kind")
    public @Nullable String subjectKind;

    public @Nullable String subject;

    @Column(name = "goal_id")
    public @Nullable String goalId;

    @Column(name = "business_id")
    public @Nullable String businessId;

    @Column(name = "requested_by")
    public @Nullable String requestedBy;

    public @Nullable String proposer;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "expires_at")
    public @Nullable Instant expiresAt;

    @Column(name = "remind_at")
    public @Nullable Instant remindAt;

    @Column(name = "decided_at")
    public @Nullable Instant decidedAt;

    @Version
    public long version;
}
