/* SPDX-License-Identifier: Apache-2.0 */
/** The engine behind businesses: their records, figures, documents, and the tools that act on them. */
@NullMarked
package ai.king.engine.business;

import org.jspecify.annotations.NullMarked;
