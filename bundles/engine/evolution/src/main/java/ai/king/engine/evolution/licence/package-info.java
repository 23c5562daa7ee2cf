/* SPDX-License-Identifier: Apache-2.0 */
/** Under which licences a candidate and what it carries come. */
@NullMarked
package ai.king.engine.evolution.licence;

import org.jspecify.annotations.NullMarked;
