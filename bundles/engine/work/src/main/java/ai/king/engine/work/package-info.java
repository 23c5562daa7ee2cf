/* SPDX-License-Identifier: Apache-2.0 */
/** Goals become runs of steps that survive anything but the loss of the database. */
@NullMarked
package ai.king.engine.work;

import org.jspecify.annotations.NullMarked;
