/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;

/** A changed list price; the id is the call's idempotency key. */
public record PriceChange(
        String id,
        String businessId,
        String sku,
        BigDecimal oldPrice,
        BigDecimal newPrice,
        String currency,
        Instant at,
        long version)
        implements Row {}
