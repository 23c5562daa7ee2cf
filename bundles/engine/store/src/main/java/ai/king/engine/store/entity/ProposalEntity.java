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

/** Table {@code proposal}: the columns of {@link ai.king.evolution.Proposal}. */
@Entity(name = "Proposal")
@Table(name = "proposal")
public class ProposalEntity {
    @Id
    public @Nullable String id;

    public @Nullable String kind;

    public @Nullable String title;

    public @Nullable String description;

    public @Nullable String origin;

    public @Nullable String author;

    public @Nullable String status;

    public @Nullable String risk;

    public @Nullable BigDecimal confidence;

    @Column(name = "confidence_parts")
    public @Nullable String confidenceParts;

    public @Nullable String change;

    public @Nullable String bundle;

    public @Nullable String tests;

    public @Nullable String placement;

    public @Nullable String findings;

    @Column(name = "approval_id")
    public @Nullable String approvalId;

    public @Nullable String canary;

    public @Nullable String reason;

    public @Nullable Long release;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "status_since")
    public @Nullable Instant statusSince;

    @Version
    public long version;
}
