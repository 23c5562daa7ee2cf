/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.tool.Money;
import java.util.Optional;

/**
 * What a goal took of one model for one purpose.
 *
 * @param purpose {@code intent}, {@code plan}, or the name of a step
 * @param backend empty where the call was recorded before backends were
 * @param cost empty where a call of it has no configured price
 */
public record ModelUse(
        String purpose,
        String backend,
        String model,
        long calls,
        long promptTokens,
        long completionTokens,
        Optional<Money> cost) {}
