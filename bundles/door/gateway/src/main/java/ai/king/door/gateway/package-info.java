/* SPDX-License-Identifier: Apache-2.0 */
/** Models in the shapes that OpenAI's clients expect: {@code /v1}. */
@NullMarked
package ai.king.door.gateway;

import org.jspecify.annotations.NullMarked;
