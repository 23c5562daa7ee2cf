/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts and files that a plug says it reaches: its component property {@value #PROPERTY}, read without running it.
 *
 * @param declared each {@code scheme://host[:port]} or {@code file:path}, with {@code *} where configuration or a call decides;
 *     {@code none} alone for a plug that reaches nothing; empty for one that says nothing
 */
public record Reaches(List<String> declared) {

    public static final String PROPERTY = "king.reaches";

    private static final String NONE = "none";
    private static final Pattern HOST = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s@?#]+/?");
    private static final Pattern FILE = Pattern.compile("file:\\S+");

    public static Reaches of(Component plug) {
        Object value = plug.properties().get(PROPERTY);
        if (value instanceof Collection<?> several) {
            return new Reaches(several.stream().map(String::valueOf).toList());
        }
        return new Reaches(value == null ? List.of() : List.of(value.toString()));
    }

    /** Whether it says that it reaches nothing. */
    public boolean nothing() {
        return declared.equals(List.of(NONE));
    }

    /** Whether it says anything. */
    public boolean told() {
        return !declared.isEmpty();
    }

    /** What is no host and no file. */
    public List<String> unreadable() {
        return nothing()
                ? List.of()
                : declared.stream()
                        .filter(one -> !HOST.matcher(one).matches()
                                && !FILE.matcher(one).matches())
                        .toList();
    }

    /** Whether a host, with or without its port, is among them. */
    public boolean covers(String host) {
        String asked = host.toLowerCase(Locale.ROOT);
        return declared.stream()
                .filter(one -> one.contains("://"))
                .map(one -> one.substring(one.indexOf("://") + 3).replaceAll("/$", ""))
                .anyMatch(one -> fits(one, asked) || fits(one, asked.replaceAll(":\\d+$", "")));
    }

    private static boolean fits(String pattern, String host) {
        String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            expression.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return host.matches(expression.toString());
    }
}
