/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a backend says of itself.
 *
 * @param healthy whether a call is worth trying now
 * @param chats whether it can chat at all; an embed-only backend cannot
 * @param embeds whether it can embed
 * @param models models it serves
 * @param load 0 idle to 1 full, where it is known
 * @param detail one sentence for an operator
 * @param window tokens that the first of its models reads and writes at once, where the endpoint itself says so
 */
public record BackendStatus(
        boolean healthy,
        boolean chats,
        boolean embeds,
        List<String> models,
        OptionalDouble load,
        String detail,
        OptionalInt window) {

    /** Of a backend that says nothing of its window. */
    public BackendStatus(
            boolean healthy, boolean chats, boolean embeds, List<String> models, OptionalDouble load, String detail) {
        this(healthy, chats, embeds, models, load, detail, OptionalInt.empty());
    }
}
