/* SPDX-License-Identifier: Apache-2.0 */
/** Payments through Stripe. */
@NullMarked
package ai.king.tool.stripe;

import org.jspecify.annotations.NullMarked;
