/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of RFC 8785 of what most records consist of: objects, lists, texts, whole numbers and truth values. Every
 * write of a step needs some of them, and the library writes and reads JSON for each. What else there is, fractions above all,
 * is left to the library, and its answers are the measure for these, too.
 */
final class Canonical {

    /** Larger ones lose digits: numbers are those of ECMAScript. */
    private static final long SAFE = 1L << 53;

    private static final int DEEP = 100;

    private final StringBuilder text = new StringBuilder(256);

    private Canonical() {}

    /** The form in UTF-8; empty when something else is in the value. */
    static Optional<byte[]> of(@Nullable Object value) {
        Canonical form = new Canonical();
        return form.value(value, 0)
                ? Optional.of(form.text.toString().getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean value(@Nullable Object value, int depth) {
        if (value instanceof String string) {
            string(string);
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return depth < DEEP && object(map, depth);
        }
        if (value instanceof List<?> list) {
            return depth < DEEP && list(list, depth);
        }
        boolean exact = value instanceof Long number && number >= -SAFE && number <= SAFE;
        if (value == null || exact || value instanceof Integer || value instanceof Boolean) {
            text.append(value);
            return true;
        }
        return false;
    }

    private boolean object(Map<?, ?> map, int depth) {
        Object[] keys = map.keySet().toArray();
        if (!Arrays.stream(keys).allMatch(String.class::isInstance)) {
            return false;
        }
        Arrays.sort(keys);
        text.append('{');
        String separator = "";
        for (Object key : keys) {
            text.append(separator);
            separator = ",";
            string((String) key);
            text.append(':');
            if (!value(map.get(key), depth + 1)) {
                return false;
            }
        }
        text.append('}');
        return true;
    }

    private boolean list(List<?> list, int depth) {
        text.append('[');
        String separator = "";
        for (Object each : list) {
            text.append(separator);
            separator = ",";
            if (!value(each, depth + 1)) {
                return false;
            }
        }
        text.append(']');
        return true;
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                text.append(c);
            } else {
                escaped(c);
            }
        }
        text.append('"');
    }

    private void escaped(char c) {
        text.append('\\');
        switch (c) {
            case '\b' -> text.append('b');
            case '\t' -> text.append('t');
            case '\n' -> text.append('n');
            case '\f' -> text.append('f');
            case '\r' -> text.append('r');
            case '"', '\\' -> text.append(c);
            default -> text.append("u00").append(HexFormat.of().toHexDigits((byte) c));
        }
    }
}
