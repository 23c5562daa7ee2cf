/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a backend says of itself.
 *
 * @param healthy whether a call is worth trying now
 * @param chats whether it can chat at all; an embed-only backend cannot
 * @param embeds whether it can embed
 * @param models models it serves
 * @param load 0 idle to 1 full, where it is known
 * @param detail one sentence for an operator
 */
public record BackendStatus(
        boolean healthy, boolean chats, boolean embeds, List<String> models, OptionalDouble load, String detail) {}
