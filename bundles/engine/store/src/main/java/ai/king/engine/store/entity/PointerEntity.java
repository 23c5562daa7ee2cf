/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code pointer}: the columns of {@link ai.king.evolution.Pointer}. */
@Entity(name = "Pointer")
@Table(name = "pointer")
public class PointerEntity {
    @Id
    public @Nullable String id;

    public long permanent;

    public @Nullable Long trial;

    @Column(name = "trial_proposal")
    public @Nullable String trialProposal;

    @Column(name = "trial_percent")
    public int trialPercent;

    public long former;

    @Version
    public long version;
}
