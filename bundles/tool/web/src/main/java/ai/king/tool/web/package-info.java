/* SPDX-License-Identifier: Apache-2.0 */
/** Reads pages of the public web. */
@NullMarked
package ai.king.tool.web;

import org.jspecify.annotations.NullMarked;
