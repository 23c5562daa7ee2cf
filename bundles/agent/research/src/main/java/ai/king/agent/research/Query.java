/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One search.
 *
 * @param kind {@code nws}, {@code shop} or empty for pages
 * @param period as the search tool takes it; empty for any time
 */
record Query(String text, String kind, String period) {

    private static final int LONGEST = 200;

    static Query pages(String text) {
        return new Query(cut(text), "", "");
    }

    static Query shops(String text) {
        return new Query(cut(text), "shop", "");
    }

    static Query news(String text) {
        return new Query(cut(text), "nws", "qdr:y");
    }

    private static String cut(String text) {
        String squeezed = text.replaceAll("\\s+", " ").trim();
        return squeezed.length() <= LONGEST
                ? squeezed
                : squeezed.substring(0, LONGEST).trim();
    }

    Map<String, Object> arguments(int results) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("query", text);
        arguments.put("results", results);
        if (!kind.isEmpty()) {
            arguments.put("kind", kind);
        }
        if (!period.isEmpty()) {
            arguments.put("period", period);
        }
        return arguments;
    }
}
