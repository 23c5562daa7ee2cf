/* SPDX-License-Identifier: Apache-2.0 */
/** Makes this node run what the release says. */
@NullMarked
package ai.king.engine.evolution.node;

import org.jspecify.annotations.NullMarked;
