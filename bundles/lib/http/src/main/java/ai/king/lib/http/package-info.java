/* SPDX-License-Identifier: Apache-2.0 */
/** How tools ask services on the web: each plug carries its own copy of this package. */
@NullMarked
package ai.king.lib.http;

import org.jspecify.annotations.NullMarked;
