/* SPDX-License-Identifier: Apache-2.0 */
/** A shop at Shopify. */
@NullMarked
package ai.king.tool.shopify;

import org.jspecify.annotations.NullMarked;
