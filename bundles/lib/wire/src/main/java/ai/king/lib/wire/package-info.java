/* SPDX-License-Identifier: Apache-2.0 */
/** How backends speak to models: each plug carries its own copy of this package. */
@NullMarked
package ai.king.lib.wire;

import org.jspecify.annotations.NullMarked;
