/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An order placed with a supplier; the id is the call's idempotency key, so that one call places one order. */
public record PurchaseOrder(
        String id,
        String businessId,
        String supplierId,
        List<Map<String, Object>> lines,
        BigDecimal amount,
        String currency,
        Instant placedAt,
        long version)
        implements Row {}
