/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
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

/**
 * One operation of Stripe; the name says which: {@code stripe.refund}, {@code stripe.transfer}, {@code stripe.payment_link} or
 * {@code stripe.balance}. Stripe keeps the idempotency key, so the same key never pays twice.
 */
@Component(
        configurationPid = "ai.king.tool.stripe",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://api.stripe.com")
@Designate(ocd = StripeTool.Config.class, factory = true)
@ToolName("stripe.refund")
public final class StripeTool implements Tool {

    @ObjectClassDefinition(name = "Stripe tool", description = "Payments through Stripe")
    @interface Config {
        @AttributeDefinition(
                description = "Restricted key with the rights of this operation only, as $[secret:name] or $[env:NAME]",
                type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Base address")
        String url() default "https://api.stripe.com";

        @AttributeDefinition(description = "Version of the interface that is asked for")
        String version() default "2024-06-20";

        @AttributeDefinition(description = "Longest time for one request, in seconds")
        int time() default 30;
    }

    private final Operation operation;
    private final Stripe stripe;
    private final List<String> missing;

    @Activate
    public StripeTool(Config config, Map<String, Object> properties) {
        operation = Operation.named(String.valueOf(properties.getOrDefault(
                "king.tool.name", Operation.REFUND.spec().name())));
        missing = config._key().isBlank()
                ? List.of("a key of Stripe: option .key of ai.king.tool.stripe, as $[env:STRIPE_KEY]")
                : List.of();
        stripe = new Stripe(
                config.url().replaceAll("/+$", ""), config._key(), config.version(), Duration.ofSeconds(config.time()));
    }

    @Override
    public ToolSpec spec() {
        return operation.spec();
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
        Map<String, Object> arguments = call.arguments();
        return switch (operation) {
            case REFUND -> stripe.refund(call.key(), arguments);
            case TRANSFER -> stripe.transfer(call.key(), arguments);
            case PAYMENT_LINK -> stripe.paymentLink(call.key(), arguments);
            case BALANCE -> stripe.balance();
        };
    }

    /** Stripe is asked for what carries the key. */
    @Override
    public Optional<ToolResult> lookup(String key) {
        if (!missing.isEmpty()) {
            return Optional.empty();
        }
        return switch (operation) {
            case REFUND -> Optional.of(stripe.find("refunds", key));
            case TRANSFER -> Optional.of(stripe.find("transfers", key));
            case PAYMENT_LINK -> Optional.of(stripe.find("payment_links", key));
            case BALANCE -> Optional.empty();
        };
    }
}
