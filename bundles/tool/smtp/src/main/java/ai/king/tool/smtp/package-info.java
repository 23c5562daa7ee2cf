/* SPDX-License-Identifier: Apache-2.0 */
/** Sends mail. */
@NullMarked
package ai.king.tool.smtp;

import org.jspecify.annotations.NullMarked;
