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

/** Table {@code price_change}: the columns of {@link ai.king.business.PriceChange}. */
@Entity(name = "PriceChange")
@Table(name = "price_change")
public class PriceChangeEntity {
    @Id
    public @Nullable String id;

    @Column(name = "business_id")
    public @Nullable String businessId;

    public @Nullable String sku;

    @Column(name = "old_price")
    public @Nullable BigDecimal oldPrice;

    @Column(name = "new_price")
    public @Nullable BigDecimal newPrice;

    public @Nullable String currency;

    public @Nullable Instant at;

    @Version
    public long version;
}
