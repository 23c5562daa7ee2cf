/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.anthropic;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.inference.BackendName;
import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.lib.wire.Answering;
import ai.king.lib.wire.Conversation;
import ai.king.lib.wire.Failures;
import ai.king.lib.wire.Health;
import ai.king.lib.wire.Transport;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Anthropic's messages. Works on the caller's thread; keeps connections, never a conversation. */
@Component(
        configurationPid = "ai.king.inference.anthropic",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://api.anthropic.com")
@Designate(ocd = AnthropicBackend.Config.class, factory = true)
@BackendName("anthropic")
public final class AnthropicBackend implements InferenceBackend {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String VERSION = "2023-06-01";

    @ObjectClassDefinition(name = "Anthropic inference", description = "Anthropic's models, by the messages protocol")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "anthropic";

        @AttributeDefinition(
                description =
                        "high: asked first for high risk and where accuracy is required; standard: everything else")
        String king_backend_tier() default "high";

        @AttributeDefinition(
                description = "What a million tokens cost, in the currency of the budgets; the cheapest goes first")
        double king_backend_cost() default 3.0;

        @AttributeDefinition(description = "The same for tokens of an answer; 0: they cost as much as a prompt's")
        double king_backend_cost_completion() default 15.0;

        @AttributeDefinition(
                description = "What a million tokens of a model cost, for reports: model prompt answer currency;"
                        + " without an entry a report says that no price is configured")
        String[] king_backend_prices() default {};

        @AttributeDefinition(
                description = "Among those that cost the same the lowest goes first: vLLM 10, Ollama 20, hosted 30")
        int king_backend_rank() default 30;

        @AttributeDefinition(
                description = "Tokens that the model reads and writes at once; 0: not said, 128,000 are assumed")
        int king_backend_window() default 0;

        @AttributeDefinition(description = "Base address, up to and with the version")
        String url() default "https://api.anthropic.com/v1";

        @AttributeDefinition(description = "Key, as $[secret:name] or $[env:NAME]", type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Model that is asked when a prompt names none")
        String model() default "claude-sonnet-4-5";

        @AttributeDefinition(description = "Further models a prompt may name")
        String[] models() default {};

        @AttributeDefinition(
                description = "Bound of an answer in tokens where a prompt names none; the protocol needs one")
        int answer_tokens() default 4096;

        @AttributeDefinition(
                description = "Whether the far side is asked to keep system messages and functions for the next call")
        boolean cache() default true;

        @AttributeDefinition(description = "Longest wait for a connection, in seconds")
        int connect_timeout() default 10;

        @AttributeDefinition(description = "Longest silence of the endpoint during a call, in seconds")
        int silence_timeout() default 120;

        @AttributeDefinition(description = "Longest time of a whole answer, in seconds")
        int answer_timeout() default 600;
    }

    private final String model;
    private final List<String> models;
    private final Failures failures;
    private final Health health;
    private final StreamingChatModel chat;
    private final Transport transport;

    @Activate
    public AnthropicBackend(Config config) {
        String key = config._key();
        String url = config.url().replaceAll("/+$", "");
        model = config.model();
        models = Stream.concat(Stream.of(config.model()), Arrays.stream(config.models()))
                .distinct()
                .toList();
        failures = new Failures(key);
        transport = new Transport(
                Duration.ofSeconds(config.connect_timeout()),
                Duration.ofSeconds(config.silence_timeout()),
                Duration.ofSeconds(config.answer_timeout()),
                MessageEnding::new);
        Transport asking = transport.within(PATIENCE);
        health = new Health(
                () -> key.isEmpty() ? Health.State.ill("no key is configured") : probe(asking, url, key), failures);
        chat = AnthropicStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(url)
                .version(VERSION)
                .apiKey(key.isEmpty() ? "none" : key)
                .modelName(model)
                .maxTokens(config.answer_tokens())
                .cacheSystemMessages(config.cache())
                .cacheTools(config.cache())
                .build();
    }

    @Deactivate
    void stop() {
        transport.close();
    }

    /** The list of models costs nothing and needs the key. */
    private static Health.State probe(Transport asking, String url, String key) {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(url + "/models?limit=1")
                .addHeader("x-api-key", key)
                .addHeader("anthropic-version", VERSION)
                .build();
        return Health.State.answering(asking, request);
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        return Answering.to(() -> Conversation.request(cooled(prompt), model), chat, listener, failures);
    }

    /** The protocol's temperatures end at 1. */
    private static Prompt cooled(Prompt prompt) {
        return prompt.temperature() <= 1
                ? prompt
                : new Prompt(prompt.model(), prompt.messages(), prompt.functions(), 1, prompt.maxTokens());
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        throw new UnsupportedOperationException("Anthropic has no embeddings");
    }

    @Override
    public BackendStatus status() {
        return health.state().of(false, models);
    }
}
