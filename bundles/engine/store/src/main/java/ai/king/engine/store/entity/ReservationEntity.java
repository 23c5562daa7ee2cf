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

/** Table {@code reservation}: the columns of {@link ai.king.gate.Reservation}. */
@Entity(name = "Reservation")
@Table(name = "reservation")
public class ReservationEntity {
    @Id
    public @Nullable String id;

    @Column(name = "business_id")
    public @Nullable String businessId;

    @Column(name = "day_")
    public @Nullable LocalDate day;

    public @Nullable BigDecimal amount;

    public @Nullable String currency;

    public @Nullable String payee;

    @Version
    public long version;
}
