/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.math.BigDecimal;
import java.time.LocalDate;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code spend}: the columns of {@link ai.king.inferences.Spend}. */
@Entity(name = "Spend")
@Table(name = "spend")
public class SpendEntity {
    @Id
    public @Nullable String id;

    public @Nullable String scope;

    @Column(name = "day_")
    public @Nullable LocalDate day;

    public long tokens;

    public @Nullable BigDecimal money;

    public boolean warned;

    @Version
    public long version;
}
