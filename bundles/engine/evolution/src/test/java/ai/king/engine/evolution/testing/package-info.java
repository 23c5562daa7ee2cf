/* SPDX-License-Identifier: Apache-2.0 */
/** What evolution needs around it, in memory. */
@NullMarked
package ai.king.engine.evolution.testing;

import org.jspecify.annotations.NullMarked;
