/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Fetches a public page and gives what a reader would see of it. Keeps no cookie, no page and no connection. */
@Component(
        configurationPid = "ai.king.tool.web",
        configurationPolicy = REQUIRE,
        property = {"king.reaches=http://*", "king.reaches=https://*"})
@Designate(ocd = WebTool.Config.class, factory = true)
@ToolName("web.read")
public final class WebTool implements Tool {

    @ObjectClassDefinition(name = "Web page tool", description = "Reads pages of the public web")
    @interface Config {
        @AttributeDefinition(description = "Name the tool gives to servers and looks for in robots.txt")
        String agent() default "KingAI";

        @AttributeDefinition(description = "Largest page, in KiB as it comes out of the connection")
        int page_size() default 2048;

        @AttributeDefinition(description = "Longest time for one call, redirects and robots.txt included, in seconds")
        int time() default 20;

        @AttributeDefinition(description = "Redirects followed, each checked as the first address was")
        int redirects() default 3;

        @AttributeDefinition(description = "Ports a page may stand on")
        int[] ports() default {80, 443};
    }

    private static final int LONGEST = 100_000;
    private static final int USUAL = 20_000;

    private static final ToolSpec SPEC = ToolSpec.of(
            "web.read",
            "Reads a public web page: its title, its main text without menus and advertising, and its links.",
            """
            {"type":"object","additionalProperties":false,"required":["url"],"properties":{
              "url":{"type":"string","minLength":8,"maxLength":2000,"pattern":"^https?://"},
              "characters":{"type":"integer","minimum":100,"maximum":100000,"description":"of the text, 20000 when absent"}}}
            """,
            Effect.READ_OUTSIDE);

    private final Fetcher fetcher;

    @Activate
    public WebTool(Config config) {
        this(config, PublicAddresses::resolve);
    }

    WebTool(Config config, Resolver resolver) {
        fetcher = new Fetcher(
                new Wire(resolver, config.agent()),
                config.agent(),
                new Fetcher.Limits(
                        config.page_size() * 1024,
                        Duration.ofSeconds(config.time()),
                        config.redirects(),
                        Arrays.stream(config.ports()).boxed().collect(Collectors.toSet())));
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        String url = String.valueOf(call.arguments().get("url"));
        int characters = call.arguments().get("characters") instanceof Number number ? number.intValue() : USUAL;
        try {
            return ToolResult.ok(PageText.of(fetcher.fetch(url), Math.min(characters, LONGEST)));
        } catch (Refused e) {
            return new ToolResult.Failed(e.getMessage(), e.retriable());
        } catch (IOException e) {
            return new ToolResult.Failed("the page could not be read: " + e.getMessage(), true);
        }
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }
}
