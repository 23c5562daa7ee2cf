/* SPDX-License-Identifier: Apache-2.0 */
/** The checks a candidate passes before any of its code may run in the platform. */
@NullMarked
package ai.king.engine.evolution.check;

import org.jspecify.annotations.NullMarked;
