/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code business}: the columns of {@link ai.king.business.Business}. */
@Entity(name = "Business")
@Table(name = "business")
public class BusinessEntity {
    @Id
    public @Nullable String id;

    public @Nullable String name;

    public @Nullable String type;

    public @Nullable String niche;

    public @Nullable String currency;

    public @Nullable String status;

    @Column(name = "playbook_id")
    public @Nullable String playbookId;

    @Column(name = "risk_profile")
    public @Nullable String riskProfile;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "status_since")
    public @Nullable Instant statusSince;

    @Version
    public long version;
}
