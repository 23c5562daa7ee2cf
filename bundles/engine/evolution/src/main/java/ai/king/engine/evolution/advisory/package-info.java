/* SPDX-License-Identifier: Apache-2.0 */
/** What is known of weaknesses in the libraries that a candidate carries. */
@NullMarked
package ai.king.engine.evolution.advisory;

import org.jspecify.annotations.NullMarked;
