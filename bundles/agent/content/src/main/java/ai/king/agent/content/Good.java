/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.math.BigDecimal;
import java.util.Locale;

/** What the public may know of an article; what it costs to buy and who delivers it is not among that. */
record Good(String sku, String name, String category, BigDecimal price) {

    /** The name as people search for it: without size or count. */
    String plainName() {
        String plain = name.replaceFirst("\\s+\\d.*$", "").trim();
        return plain.isEmpty() ? name : plain;
    }

    boolean namedIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Text.has(lower, sku.toLowerCase(Locale.ROOT))
                || Text.has(lower, plainName().toLowerCase(Locale.ROOT));
    }

    boolean categoryIn(String text) {
        return Text.has(text.toLowerCase(Locale.ROOT), category.toLowerCase(Locale.ROOT));
    }
}
