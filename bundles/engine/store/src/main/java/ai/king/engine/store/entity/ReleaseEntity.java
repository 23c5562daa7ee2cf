/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code release}: the columns of {@link ai.king.evolution.Release}. */
@Entity(name = "Release")
@Table(name = "release")
public class ReleaseEntity {
    @Id
    public @Nullable String id;

    public long no;

    public long parent;

    @Column(name = "proposal_id")
    public @Nullable String proposalId;

    public @Nullable String items;

    public @Nullable Instant at;

    @Version
    public long version;
}
