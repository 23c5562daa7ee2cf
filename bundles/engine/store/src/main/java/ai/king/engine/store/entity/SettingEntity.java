/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code setting}: the columns of {@link ai.king.gate.Setting}. */
@Entity(name = "Setting")
@Table(name = "setting")
public class SettingEntity {
    @Id
    public @Nullable String id;

    @Column(name = "value_")
    public @Nullable String value;

    @Version
    public long version;
}
