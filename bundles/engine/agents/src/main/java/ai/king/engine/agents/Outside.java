/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Records;
import ai.king.plug.Generation;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one performance heard from outside: whether an answer brings text that others wrote, and whether a further look outside
 * could carry something out.
 */
final class Outside {

    /** An identifier, a number, a date, a state: too little to say anything with. */
    private static final Pattern TOKEN = Pattern.compile("[\\p{Alnum}._:/+#-]{0,128}");

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>\\\\^`{|}]{4,2000}");
    /** {@code https://*}: the call itself says which host; {@code https://*.shop.example} is chosen by the configuration. */
    private static final Pattern ANY_HOST = Pattern.compile("^(\\w+://)?\\*(:|/|$)");

    private static final int MOST_ADDRESSES = 20_000;
    /** A cell longer than this is no name of an article but something somebody wrote. */
    private static final int LONGEST_NAME = 120;

    private final Set<String> offered = new HashSet<>();
    private final StringBuilder said = new StringBuilder();

    /** @param asked the words of the person, whose addresses may be looked at */
    Outside(String asked) {
        offer(asked);
    }

    /**
     * Whether what came back may hold text that others wrote. Engines answer from what the platform holds. A plug that reaches
     * out speaks for somebody else, but for the identifiers and numbers of an effect that happened; and what any plug gives as
     * its failure may be what somebody else said.
     */
    static boolean speaks(ToolSpec spec, Generation generation, ToolResult result) {
        if (spec.effect() == Effect.READ_OUTSIDE || Passages.TOOLS.contains(spec.name())) {
            return true;
        }
        if (generation.id().equals("platform")) {
            return spec.name().equals(MemoryTool.NAME) && MemoryTool.speaks(result);
        }
        if (!(result instanceof ToolResult.Ok ok)) {
            return true;
        }
        boolean reaches = !"none".equals(generation.properties().getOrDefault("king.reaches", "none"));
        return reaches && !(spec.effect().changes() && isTokens(ok.data()));
    }

    private static boolean isTokens(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(entry -> isTokens(entry.getKey()) && isTokens(entry.getValue()));
        }
        if (value instanceof Collection<?> several) {
            return several.stream().allMatch(Outside::isTokens);
        }
        return !(value instanceof String text) || TOKEN.matcher(text).matches();
    }

    /** Whether imported rows hold more than names and figures. */
    static boolean speaks(Records records) {
        return records.rows().stream()
                .flatMap(List::stream)
                .anyMatch(cell -> cell instanceof String text && text.length() > LONGEST_NAME);
    }

    /**
     * Whether a further look outside can tell nobody anything: the tool reaches only the hosts it names, or the address stands
     * word for word in what a person asked or in what was read outside, and the step has not said it itself before.
     */
    boolean tellsNothing(Generation generation, Map<String, Object> arguments) {
        return fixed(generation.properties().get("king.reaches"))
                || arguments.values().stream()
                        .allMatch(value -> !(value instanceof String text) ? isPlain(value) : offered.contains(text));
    }

    private static boolean isPlain(Object value) {
        return value instanceof Boolean
                || value instanceof Number number && Math.abs(number.doubleValue()) <= 1_000_000;
    }

    private static boolean fixed(@org.jspecify.annotations.Nullable Object reaches) {
        List<String> hosts = reaches instanceof String[] several
                ? Arrays.asList(several)
                : reaches == null ? List.of() : List.of(reaches.toString());
        return !hosts.isEmpty()
                && hosts.stream().noneMatch(host -> ANY_HOST.matcher(host).find());
    }

    /** Notes what a look outside was asked, then what it brought: an address that comes back as an echo is not offered. */
    void heard(Map<String, Object> arguments, ToolResult result) {
        arguments.values().forEach(value -> said.append(value).append('\n'));
        if (result instanceof ToolResult.Ok ok) {
            offer(Forms.plain(ok.data()).toString());
        }
    }

    private void offer(String text) {
        String own = said.toString().toLowerCase(Locale.ROOT);
        var matcher = ADDRESS.matcher(text);
        while (matcher.find() && offered.size() < MOST_ADDRESSES) {
            String address = matcher.group().replaceAll("[,.;:!?)\\]}]+$", "");
            if (!own.contains(address.toLowerCase(Locale.ROOT))) {
                offered.add(address);
            }
        }
    }
}
