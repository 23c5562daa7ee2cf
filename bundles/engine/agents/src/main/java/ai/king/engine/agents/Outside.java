/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Records;
import ai.king.plug.Generation;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** Fewer to choose among say less: one of so many is ten bits. */
    private static final int MOST_ADDRESSES = 1_000;

    /** Hits of one search or so. */
    private static final int MOST_LOOKS = 20;

    private static final int MOST_LOOKS_FROM_PAGES = 1;

    /** What a name or a short note is made of: no markup, no call, no code, nothing that is not seen, no sentence after another. */
    private static final Pattern LABEL = Pattern.compile(
            "(?U)(?!.*(?://|[.!?:;]\\s|[!?]$))[\\p{L}\\p{M}\\p{N}\\p{Sc} .,:;!?'’()&%/+#*°×²³½¼¾®™–—_-]*");

    private static final int LONGEST_LABEL = 80;
    private static final int MOST_WORDS = 10;

    /** Who named an address: the closer to the person, the less a choice among them can tell others. */
    private enum Offer {
        PERSON,
        /** A tool with hosts of its own, such as a search engine: whose hits nobody else arranges at will. */
        SEARCH,
        /** A page, a mail, a document: its writer chose all of them. */
        PAGE
    }

    private final Map<String, Offer> offered = new HashMap<>();
    private final Set<String> looks = new HashSet<>();
    private final Set<String> looksFromPages = new HashSet<>();
    private final StringBuilder said = new StringBuilder();

    /** @param asked the words of the person, whose addresses may be looked at */
    Outside(String asked) {
        offer(asked, Offer.PERSON);
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

    /**
     * Whether imported rows hold more than names and figures. The rows are the owner's, who is no stranger; but what stands in a
     * cell may have been written by a customer or a supplier, and anything longer or odder than a label counts as that at once,
     * whoever reads it. A label may be an order, too; it counts where a model hears it: {@link Hearing}.
     */
    static boolean speaks(Records records) {
        return records.rows().stream()
                .flatMap(List::stream)
                .anyMatch(cell -> cell instanceof String text && !label(text));
    }

    private static boolean label(String text) {
        return TOKEN.matcher(text).matches()
                || text.length() <= LONGEST_LABEL
                        && text.split("\\s+").length <= MOST_WORDS
                        && LABEL.matcher(text).matches();
    }

    /**
     * Whether a further look outside can tell nobody anything: the tool reaches only the hosts it names, or the address stands
     * word for word in what a person asked or in what was read outside, and the step has not said it itself before.
     *
     * <p>Which of the offered addresses are looked at, and in which order, is a choice that their owner sees, and so a way to
     * spell something out. So a step may look at so many that its person or a search named, and at one that only pages named;
     * any further one asks. Counted in the order of the calls, which is the same when the step is performed again.
     */
    boolean tellsNothing(Generation generation, Map<String, Object> arguments) {
        if (fixed(generation.properties().get("king.reaches"))) {
            return true;
        }
        boolean page = false;
        for (Object value : arguments.values()) {
            if (value instanceof String text) {
                if (!offered.containsKey(text)) {
                    return false;
                }
                page |= offered.get(text) == Offer.PAGE;
            } else if (!isPlain(value)) {
                return false;
            }
        }
        Set<String> before = page ? looksFromPages : looks;
        String look = new TreeMap<>(arguments).toString();
        return before.contains(look) || before.size() < (page ? MOST_LOOKS_FROM_PAGES : MOST_LOOKS) && before.add(look);
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
    void heard(Generation generation, Map<String, Object> arguments, ToolResult result) {
        arguments.values().forEach(value -> said.append(value).append('\n'));
        if (result instanceof ToolResult.Ok ok) {
            boolean search = fixed(generation.properties().get("king.reaches"));
            offer(Forms.plain(ok.data()).toString(), search ? Offer.SEARCH : Offer.PAGE);
        }
    }

    private void offer(String text, Offer by) {
        String own = said.toString().toLowerCase(Locale.ROOT);
        var matcher = ADDRESS.matcher(text);
        while (matcher.find() && offered.size() < MOST_ADDRESSES) {
            String address = matcher.group().replaceAll("[,.;:!?)\\]}]+$", "");
            if (!own.contains(address.toLowerCase(Locale.ROOT))) {
                offered.merge(address, by, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
    }
}
