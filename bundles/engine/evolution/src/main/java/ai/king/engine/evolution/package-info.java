/* SPDX-License-Identifier: Apache-2.0 */
/** Proposals, their checks, trials and releases. */
@NullMarked
package ai.king.engine.evolution;

import org.jspecify.annotations.NullMarked;
