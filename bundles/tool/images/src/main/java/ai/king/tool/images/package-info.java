/* SPDX-License-Identifier: Apache-2.0 */
/** Makes pictures with OpenAI's image models. */
@NullMarked
package ai.king.tool.images;

import org.jspecify.annotations.NullMarked;
