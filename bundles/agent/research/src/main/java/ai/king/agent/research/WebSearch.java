/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import ai.king.tool.ToolResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the search tool, one query after the other; a query that fails costs only itself. */
final class WebSearch {

    static final String TOOL = "serpapi.search";
    /** Of one search; the tool takes no more. */
    private static final int MOST = 100;

    private static final String WHOLE = "the tool " + TOOL + " with a key";

    /**
     * What came of the searches.
     *
     * @param hits one for each page, in the order they were found; none that tries to instruct its reader
     * @param refused those that try
     * @param asked the queries that were answered
     * @param related searches and questions that the service names beside its results
     * @param missing what the tool misses; without it nothing, or not everything, was searched
     * @param failed a line for each query that failed
     */
    record Found(
            List<Hit> hits,
            List<Hit> refused,
            List<String> asked,
            List<String> related,
            List<String> missing,
            List<String> failed,
            boolean retriable) {}

    private final AgentContext context;
    private final Map<String, Hit> hits = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> related = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private boolean retriable;

    private WebSearch(AgentContext context) {
        this.context = context;
    }

    static Found of(List<Query> queries, int results, AgentContext context) {
        WebSearch search = new WebSearch(context);
        for (Query query : queries) {
            if (search.missing.isEmpty()) {
                search.ask(query, results);
            }
        }
        return new Found(
                search.hits.values().stream().filter(hit -> !hit.givesOrders()).toList(),
                search.hits.values().stream().filter(Hit::givesOrders).toList(),
                List.copyOf(search.asked),
                List.copyOf(search.related),
                List.copyOf(search.missing),
                List.copyOf(search.failed),
                search.retriable);
    }

    private void ask(Query query, int results) {
        ToolResult result = context.call(TOOL, query.arguments(Math.min(results, MOST)));
        if (result instanceof ToolResult.Ok ok) {
            asked.add(query.text());
            list(ok.data().get("results"))
                    .flatMap(one -> Hit.of(one, query.text()).stream())
                    .forEach(hit -> hits.merge(hit.address().canonical(), hit, Hit::and));
            Stream.concat(list(ok.data().get("questions")), list(ok.data().get("related")))
                    .map(Object::toString)
                    .filter(text -> !Passage.givesOrders(text))
                    .forEach(related::add);
        } else if (result instanceof ToolResult.Missing none) {
            missing.add(none.missing().isEmpty() ? WHOLE : WHOLE + ": " + String.join(", ", none.missing()));
        } else if (result instanceof ToolResult.Failed fault) {
            failed.add("“" + query.text() + "”: " + fault.reason());
            retriable |= fault.retriable();
        } else {
            failed.add("“" + query.text() + "”: " + ((ToolResult.Unknown) result).reason());
        }
    }

    private static Stream<?> list(@Nullable Object value) {
        return value instanceof Collection<?> several ? several.stream() : Stream.empty();
    }
}
