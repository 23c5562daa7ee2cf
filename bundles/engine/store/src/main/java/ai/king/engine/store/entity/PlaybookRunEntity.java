/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code playbook_run}: the columns of {@link ai.king.business.PlaybookRun}. */
@Entity(name = "PlaybookRun")
@Table(name = "playbook_run")
public class PlaybookRunEntity {
    @Id
    public @Nullable String id;

    @Column(name = "business_id")
    public @Nullable String businessId;

    @Column(name = "playbook_id")
    public @Nullable String playbookId;

    public @Nullable String sha256;

    public @Nullable String playbook;

    public @Nullable String status;

    public int stage;

    public @Nullable String stages;

    public @Nullable String facts;

    @Column(name = "requested_by")
    public @Nullable String requestedBy;

    public @Nullable String error;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "finished_at")
    public @Nullable Instant finishedAt;

    @Version
    public long version;
}
