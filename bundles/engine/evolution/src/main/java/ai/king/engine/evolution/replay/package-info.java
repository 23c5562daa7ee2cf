/* SPDX-License-Identifier: Apache-2.0 */
/** Recorded real work once more, by the version that runs and by the one that wants to, with nothing happening. */
@NullMarked
package ai.king.engine.evolution.replay;

import org.jspecify.annotations.NullMarked;
