/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Makes a picture of a product or an illustration, which the platform keeps as a document of the business. */
@Component(
        configurationPid = "ai.king.tool.images",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://api.openai.com")
@Designate(ocd = ImagesTool.Config.class, factory = true)
@ToolName("images.create")
public final class ImagesTool implements Tool {

    @ObjectClassDefinition(name = "Image tool", description = "Makes pictures with OpenAI's image models")
    @interface Config {
        @AttributeDefinition(description = "Key, as $[secret:name] or $[env:NAME]", type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Base address, up to and with the version")
        String url() default "https://api.openai.com/v1";

        @AttributeDefinition(description = "Model; models of images are switched off about once a year")
        String model() default "gpt-image-2";

        @AttributeDefinition(description = "low, medium, high or auto")
        String quality() default "medium";

        @AttributeDefinition(description = "How strict OpenAI's moderation is: auto or low")
        String moderation() default "auto";

        @AttributeDefinition(description = "USD for a million tokens that go in; 0: the cost is not told")
        String price_input() default "0";

        @AttributeDefinition(description = "USD for a million tokens that come out; 0: the cost is not told")
        String price_output() default "0";

        @AttributeDefinition(description = "Longest time for one picture, in seconds")
        int time() default 180;
    }

    private static final int REMEMBERED = 4;

    private static final ToolSpec SPEC = ToolSpec.of(
            "images.create",
            "Makes a picture: of a product before a plain background, or an illustration for a text.",
            """
            {"type":"object","additionalProperties":false,"required":["kind","subject"],"properties":{
              "kind":{"type":"string","enum":["product","illustration"]},
              "subject":{"type":"string","minLength":3,"maxLength":2000,"description":"the product, or what the text is about"},
              "style":{"type":"string","maxLength":300},
              "shape":{"type":"string","enum":["square","wide","tall"]},
              "name":{"type":"string","maxLength":80,"description":"of the file, without ending"}}}
            """,
            Effect.WRITE);

    private final OpenAiImages service;
    private final List<String> missing;
    private final Map<String, ToolResult> answered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToolResult> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Activate
    public ImagesTool(Config config) {
        missing = config._key().isBlank()
                ? List.of("a key of OpenAI: option .key of ai.king.tool.images, as $[env:OPENAI_API_KEY]")
                : List.of();
        service = new OpenAiImages(
                config.url().replaceAll("/+$", ""),
                config._key(),
                new OpenAiImages.Choice(config.model(), config.quality(), config.moderation()),
                new OpenAiImages.Prices(new BigDecimal(config.price_input()), new BigDecimal(config.price_output())),
                Duration.ofSeconds(config.time()));
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
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
        if (call.businessId().isEmpty()) {
            return new ToolResult.Missing(List.of("a business, among whose documents the picture is kept"));
        }
        synchronized (answered) {
            ToolResult before = answered.get(call.key());
            if (before != null) {
                return before;
            }
        }
        ToolResult result = service.create(Wish.of(call.arguments()));
        if (result instanceof ToolResult.Ok) {
            synchronized (answered) {
                answered.put(call.key(), result);
            }
        }
        return result;
    }

    /** OpenAI keeps no list of the pictures it made. */
    @Override
    public Optional<ToolResult> lookup(String key) {
        synchronized (answered) {
            return Optional.ofNullable(answered.get(key));
        }
    }
}
