/* SPDX-License-Identifier: Apache-2.0 */
/** What a plug's jar and its configuration files say. */
@NullMarked
package ai.king.engine.evolution.jar;

import org.jspecify.annotations.NullMarked;
