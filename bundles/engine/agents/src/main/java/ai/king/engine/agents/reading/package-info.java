/* SPDX-License-Identifier: Apache-2.0 */
/** Takes the text out of documents that others wrote. */
@NullMarked
package ai.king.engine.agents.reading;

import org.jspecify.annotations.NullMarked;
