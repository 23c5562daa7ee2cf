/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Counts tokens as models do. The tables are loaded when a text is first counted; keep one instance. Safe for concurrent use.
 */
public final class Tokens {

    private static final Pattern NEWER = Pattern.compile("^(chatgpt|gpt-(4o|4\\.|oss|[5-9])|o\\d).*");
    private static final Pattern OLDER = Pattern.compile("^gpt-(4|3\\.5)(-.*)?$");

    private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();

    /** How texts are counted for a model. */
    public Counter of(String model) {
        String plain = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (OLDER.matcher(plain).matches()) {
            return new Counter(registry, EncodingType.CL100K_BASE, EncodingType.CL100K_BASE.getName());
        }
        EncodingType type = EncodingType.O200K_BASE;
        String own = NEWER.matcher(plain).matches() ? "" : ", the model's own is not published";
        return new Counter(registry, type, type.getName() + own);
    }

    /** Counts by one table. */
    public static final class Counter {

        private final EncodingRegistry registry;
        private final EncodingType type;
        private final String name;

        Counter(EncodingRegistry registry, EncodingType type, String name) {
            this.registry = registry;
            this.type = type;
            this.name = name;
        }

        /** The table, and whether it is the model's own. */
        public String name() {
            return name;
        }

        /** As many tokens as a text may have at most; it is not counted. */
        public int most(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        public int count(String text) {
            return encoding().countTokensOrdinary(text);
        }

        /** The first so many tokens of a text. */
        public String first(String text, int tokens) {
            if (tokens <= 0) {
                return "";
            }
            EncodingResult result = encoding().encodeOrdinary(text, tokens);
            return result.isTruncated() ? encoding().decode(result.getTokens()) : text;
        }

        private Encoding encoding() {
            return registry.getEncoding(type);
        }
    }
}
