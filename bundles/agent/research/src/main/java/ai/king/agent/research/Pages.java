/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import ai.king.agent.Document;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads some of the pages that were found, of different hosts first; a page that fails costs only itself. */
final class Pages {

    static final String TOOL = "web.read";
    private static final int MOST_PASSAGES = 40;

    /**
     * What the pages say.
     *
     * @param passages of each page that was read, by the address of the result
     * @param failed a line for each page that was not
     */
    record Read(Map<String, List<Passage>> passages, List<String> failed) {}

    private Pages() {}

    static Read of(List<Hit> hits, Bounds bounds, AgentContext context) {
        Map<String, List<Passage>> passages = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (Hit hit : ordered(hits).stream().limit(bounds.pages()).toList()) {
            ToolResult result = context.call(TOOL, Map.of("url", hit.url(), "characters", bounds.characters()));
            if (result instanceof ToolResult.Missing missing) {
                failed.add("no page, without the tool " + TOOL + ": " + String.join(", ", missing.missing()));
                break;
            }
            if (result instanceof ToolResult.Ok ok && ok.data().get("text") instanceof String text) {
                passages.put(hit.url(), passages(hit, text));
            } else {
                failed.add(hit.url() + ": " + reason(result));
            }
        }
        return new Read(passages, List.copyOf(failed));
    }

    private static String reason(ToolResult result) {
        if (result instanceof ToolResult.Failed fault) {
            return fault.reason();
        }
        return result instanceof ToolResult.Unknown unknown ? unknown.reason() : "it has no text";
    }

    private static List<Hit> ordered(List<Hit> hits) {
        Set<String> hosts = new HashSet<>();
        List<Hit> first = new ArrayList<>();
        List<Hit> later = new ArrayList<>();
        // A result with a price says what is needed, and often leads to a page of the search service that nobody may
        // read.
        hits.stream()
                .filter(hit -> hit.price().isEmpty())
                .forEach(hit -> (hosts.add(hit.address().host()) ? first : later).add(hit));
        first.addAll(later);
        return first;
    }

    private static List<Passage> passages(Hit hit, String text) {
        // Main text of a page comes line by line.
        return Passage.of(document(hit, text), text.replaceAll("\\n", "\n\n")).stream()
                .limit(MOST_PASSAGES)
                .toList();
    }

    static Passage title(Hit hit) {
        return new Passage(document(hit, hit.title()), hit.title());
    }

    /** What the result itself says, as a passage. */
    static Passage snippet(Hit hit) {
        return new Passage(document(hit, hit.words()), hit.words());
    }

    private static Document document(Hit hit, String text) {
        return new Document(hit.url(), hit.title(), Passage.WEB, Digest.of(text), text.length());
    }
}
