/* SPDX-License-Identifier: Apache-2.0 */
/** What the stored facts say about how agents do: measured, judged, and measured again. */
@NullMarked
package ai.king.engine.evolution.watch;

import org.jspecify.annotations.NullMarked;
