/* SPDX-License-Identifier: Apache-2.0 */
/** Tracks what the plugs register and decides which generation serves a call. */
@NullMarked
package ai.king.engine.plug;

import org.jspecify.annotations.NullMarked;
