/* SPDX-License-Identifier: Apache-2.0 */
/** Judges every effect and asks people. */
@NullMarked
package ai.king.engine.gate;

import org.jspecify.annotations.NullMarked;
