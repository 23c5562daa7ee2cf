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

/** Table {@code expectation}: the columns of {@link ai.king.evolution.Expectation}. */
@Entity(name = "Expectation")
@Table(name = "expectation")
public class ExpectationEntity {
    @Id
    public @Nullable String id;

    public @Nullable String metric;

    public @Nullable String subject;

    public @Nullable String hypothesis;

    public @Nullable String unit;

    public @Nullable BigDecimal baseline;

    public int samples;

    public int least;

    @Column(name = "window_start")
    public @Nullable Instant windowStart;

    @Column(name = "window_end")
    public @Nullable Instant windowEnd;

    @Column(name = "goal_id")
    public @Nullable String goalId;

    @Column(name = "proposal_id")
    public @Nullable String proposalId;

    public @Nullable String outcome;

    public @Nullable BigDecimal measured;

    @Column(name = "measured_samples")
    public @Nullable Integer measuredSamples;

    @Column(name = "measured_from")
    public @Nullable Instant measuredFrom;

    @Column(name = "measured_at")
    public @Nullable Instant measuredAt;

    @Version
    public long version;
}
