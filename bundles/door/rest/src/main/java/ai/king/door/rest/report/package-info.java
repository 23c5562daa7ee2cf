/* SPDX-License-Identifier: Apache-2.0 */
/** Reports as a person reads them: one HTML page with charts, or Markdown. */
@NullMarked
package ai.king.door.rest.report;

import org.jspecify.annotations.NullMarked;
