/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A call that counts against the limits of a business's day; the id is the call's key. */
public record Reservation(
        String id,
        String businessId,
        LocalDate day,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String payee,
        long version)
        implements Row {}
