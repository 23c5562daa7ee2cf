/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics that need no more than their name: what a goal means by it is written down once. */
final class Known {

    private final List<Map<String, String>> metrics;

    Known() {
        metrics = Stream.of(resource().split("\n\\s*\n"))
                .map(Known::keys)
                .filter(keys -> !keys.isEmpty())
                .toList();
    }

    /** The metric that a text names; of several the one with the longest name. */
    Optional<Map<String, String>> in(String text) {
        String words = words(text);
        return metrics.stream()
                .filter(metric -> Stream.of(metric.getOrDefault("called", "").split(","))
                        .anyMatch(name -> words.contains(words(name))))
                .max(Comparator.comparingInt(
                        metric -> metric.getOrDefault("name", "").length()))
                .map(metric -> {
                    Map<String, String> keys = new LinkedHashMap<>(metric);
                    keys.remove("called");
                    return keys;
                });
    }

    List<String> names() {
        return metrics.stream().map(metric -> metric.getOrDefault("name", "")).toList();
    }

    private static String words(String text) {
        return " "
                + text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }

    private static final Pattern LINE = Pattern.compile("[a-z]+:.*");

    /** Lines {@code key: value}; others are left out. */
    static Map<String, String> keys(String text) {
        Map<String, String> keys = new LinkedHashMap<>();
        text.lines()
                .map(String::strip)
                .filter(line -> LINE.matcher(line).matches())
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    keys.putIfAbsent(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                });
        return keys;
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(Known.class.getResourceAsStream("metrics.txt"), "metrics.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the known metrics cannot be read", e);
        }
    }
}
