/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code memory}: the columns of {@link ai.king.agents.Memory}. */
@Entity(name = "Memory")
@Table(name = "memory")
public class MemoryEntity {
    @Id
    public @Nullable String id;

    public @Nullable String namespace;

    public @Nullable String kind;

    public @Nullable String writer;

    public @Nullable String text;

    public boolean marked;

    public @Nullable String attributes;

    public @Nullable String vector;

    public @Nullable String summary;

    public @Nullable Instant at;

    @Version
    public long version;
}
