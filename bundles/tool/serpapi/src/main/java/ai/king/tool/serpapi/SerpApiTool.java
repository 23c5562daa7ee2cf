/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One operation of SerpAPI; the name says which: {@code serpapi.search} or {@code serpapi.account}. */
@Component(
        configurationPid = "ai.king.tool.serpapi",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://serpapi.com")
@Designate(ocd = SerpApiTool.Config.class, factory = true)
@ToolName("serpapi.search")
public final class SerpApiTool implements Tool {

    @ObjectClassDefinition(name = "SerpAPI tool", description = "Searches the web through SerpAPI")
    @interface Config {
        @AttributeDefinition(
                description = "Key of the account, as $[secret:name] or $[env:NAME]",
                type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Base address")
        String url() default "https://serpapi.com";

        @AttributeDefinition(description = "Longest time for one call, in seconds")
        int time() default 30;

        @AttributeDefinition(
                description = "Hand searches in and ask for their result, instead of waiting on one connection")
        boolean async() default false;

        @AttributeDefinition(description = "Time between two questions for a result, in milliseconds")
        int poll() default 500;

        @AttributeDefinition(description = "What one search costs, in USD; 0 when the plan has a flat price")
        String price() default "0";
    }

    private static final ToolSpec SEARCH = ToolSpec.of(
            "serpapi.search",
            "Searches the web and gives title, address and snippet of each hit.",
            """
            {"type":"object","additionalProperties":false,"required":["query"],"properties":{
              "query":{"type":"string","minLength":1,"maxLength":2000},
              "results":{"type":"integer","minimum":1,"maximum":100,"description":"10 when absent"},
              "start":{"type":"integer","minimum":0,"maximum":900,"description":"hits to skip"},
              "engine":{"type":"string","pattern":"^[a-z_]{2,40}$","description":"google when absent; google_news, bing, ..."},
              "kind":{"type":"string","enum":["nws","shop","isch","vid","lcl"],"description":"news, shopping, images, videos, places"},
              "period":{"type":"string","pattern":"^qdr:[hdwmy][0-9]{0,3}$","description":"qdr:m = last month"},
              "location":{"type":"string","maxLength":100},
              "country":{"type":"string","pattern":"^[a-z]{2}$"},
              "language":{"type":"string","pattern":"^[a-z]{2}(-[a-z]{2})?$"}}}
            """,
            Effect.READ_OUTSIDE);

    private static final ToolSpec ACCOUNT = ToolSpec.of(
            "serpapi.account",
            "Says how many searches the plan of the search service has left.",
            """
            {"type":"object","additionalProperties":false,"properties":{}}
            """,
            Effect.READ_OUTSIDE);

    private final ToolSpec spec;
    private final SerpApi service;
    private final Optional<Money> price;
    private final List<String> missing;

    @Activate
    public SerpApiTool(Config config, Map<String, Object> properties) {
        String name = String.valueOf(properties.getOrDefault("king.tool.name", SEARCH.name()));
        spec = List.of(SEARCH, ACCOUNT).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation " + name));
        missing = config._key().isBlank()
                ? List.of("a key of SerpAPI: option .key of ai.king.tool.serpapi, as $[env:SERPAPI_KEY]")
                : List.of();
        BigDecimal amount = new BigDecimal(config.price());
        price = amount.signum() == 0 ? Optional.empty() : Optional.of(new Money(amount, "USD"));
        service = new SerpApi(
                config.url().replaceAll("/+$", ""),
                config._key(),
                Duration.ofSeconds(config.time()),
                config.async(),
                Duration.ofMillis(config.poll()));
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public List<String> missing() {
        return missing;
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        if (!missing.isEmpty()) {
            return new ToolResult.Missing(missing);
        }
        if (spec == ACCOUNT) {
            return service.account();
        }
        ToolResult result = service.search(call.arguments());
        return result instanceof ToolResult.Ok ok ? new ToolResult.Ok(ok.data(), price) : result;
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
