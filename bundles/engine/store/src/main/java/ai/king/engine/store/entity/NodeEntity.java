/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code node}: the columns of {@link ai.king.cluster.Node}. */
@Entity(name = "Node")
@Table(name = "node")
public class NodeEntity {
    @Id
    public @Nullable String id;

    public @Nullable String address;

    @Column(name = "jail_tier")
    public @Nullable String jailTier;

    public long applied;

    public @Nullable String error;

    public long trial;

    @Column(name = "trial_error")
    public @Nullable String trialError;

    @Column(name = "seen_at")
    public @Nullable Instant seenAt;

    @Version
    public long version;
}
