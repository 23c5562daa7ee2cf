/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The two tools of the web, and a task for them. */
final class WebDouble {

    private WebDouble() {}

    static FakeContext context(Function<Map<String, Object>, ToolResult> search) {
        return new FakeContext().with(spec("serpapi.search"), search).with(spec("web.read"), WebDouble::page);
    }

    static ToolSpec spec(String name) {
        return ToolSpec.of(name, name, "{\"type\":\"object\"}", Effect.READ_OUTSIDE);
    }

    static ToolResult page(Map<String, Object> arguments) {
        String url = arguments.get("url").toString();
        return ToolResult.ok(Map.of(
                "url", url, "title", "A page", "text", "Dog beds sell best in winter, says " + url + ".\nOther news."));
    }

    static Map<String, Object> hit(String url, String title, String snippet, String... more) {
        Map<String, Object> hit = new LinkedHashMap<>(Map.of("url", url, "title", title, "snippet", snippet));
        for (int i = 0; i < more.length; i += 2) {
            hit.put(more[i], more[i + 1]);
        }
        return hit;
    }

    @SafeVarargs
    static Function<Map<String, Object>, ToolResult> finds(Map<String, Object>... hits) {
        return arguments ->
                ToolResult.ok(Map.of("results", List.of(hits), "questions", List.of(), "related", List.of()));
    }

    static Outcome perform(String action, String goal, Map<String, Object> input, FakeContext context) {
        return new ResearchAgent(Configs.defaults(ResearchAgent.Config.class))
                .perform(new Task("s", action, goal, input, Map.of(), List.of()), context);
    }

    static Outcome.Done done(String action, String goal, FakeContext context) {
        return (Outcome.Done) perform(action, goal, Map.of(), context);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> findings(Outcome.Done done) {
        return (List<Map<String, Object>>) done.data().get("findings");
    }
}
