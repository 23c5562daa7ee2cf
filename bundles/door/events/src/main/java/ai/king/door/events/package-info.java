/* SPDX-License-Identifier: Apache-2.0 */
/** Events as they happen: server-sent events with resume. */
@NullMarked
package ai.king.door.events;

import org.jspecify.annotations.NullMarked;
