/* SPDX-License-Identifier: Apache-2.0 */
/** The King AI page of the web console. */
@NullMarked
package ai.king.door.console;

import org.jspecify.annotations.NullMarked;
