/* SPDX-License-Identifier: Apache-2.0 */
/** Writes agents as Java source, from a specification or with a model. */
@NullMarked
package ai.king.agent.code;

import org.jspecify.annotations.NullMarked;
