/* SPDX-License-Identifier: Apache-2.0 */
/** Performs steps through agents and puts everything they call behind the gate and into the journal. */
@NullMarked
package ai.king.engine.agents;

import org.jspecify.annotations.NullMarked;
