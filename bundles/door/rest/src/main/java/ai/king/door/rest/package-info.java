/* SPDX-License-Identifier: Apache-2.0 */
/** The REST door: {@code /api/v1} for automation. */
@NullMarked
package ai.king.door.rest;

import org.jspecify.annotations.NullMarked;
