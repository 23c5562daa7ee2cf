/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code call_record}: the columns of {@link ai.king.work.Call}. */
@Entity(name = "Call")
@Table(name = "call_record")
public class CallEntity {
    @Id
    public @Nullable String id;

    @Column(name = "goal_id")
    public @Nullable String goalId;

    @Column(name = "step_id")
    public @Nullable String stepId;

    @Column(name = "key_")
    public @Nullable String key;

    public int nth;

    @Column(name = "idempotency_key")
    public @Nullable String idempotencyKey;

    public @Nullable String tool;

    public boolean effect;

    public @Nullable String arguments;

    public @Nullable String state;

    public @Nullable String result;

    public @Nullable String generation;

    public long fence;

    @Column(name = "started_at")
    public @Nullable Instant startedAt;

    @Column(name = "finished_at")
    public @Nullable Instant finishedAt;

    @Version
    public long version;
}
