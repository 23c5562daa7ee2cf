/* SPDX-License-Identifier: Apache-2.0 */
/** Searches the web through SerpAPI. */
@NullMarked
package ai.king.tool.serpapi;

import org.jspecify.annotations.NullMarked;
