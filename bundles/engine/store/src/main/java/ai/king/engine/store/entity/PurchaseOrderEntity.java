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

/** Table {@code purchase_order}: the columns of {@link ai.king.business.PurchaseOrder}. */
@Entity(name = "PurchaseOrder")
@Table(name = "purchase_order")
public class PurchaseOrderEntity {
    @Id
    public @Nullable String id;

    @Column(name = "business_id")
    public @Nullable String businessId;

    @Column(name = "supplier_id")
    public @Nullable String supplierId;

    public @Nullable String lines;

    public @Nullable BigDecimal amount;

    public @Nullable String currency;

    @Column(name = "placed_at")
    public @Nullable Instant placedAt;

    @Version
    public long version;
}
