/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.inference.BackendName;
import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.lib.wire.Answering;
import ai.king.lib.wire.Failures;
import ai.king.lib.wire.Health;
import ai.king.lib.wire.OpenAiEnding;
import ai.king.lib.wire.OpenAiModels;
import ai.king.lib.wire.Transport;
import ai.king.lib.wire.Vectors;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
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

/** An endpoint that speaks OpenAI's protocol. Works on the caller's thread; keeps connections, never a conversation. */
@Component(
        configurationPid = "ai.king.inference.openai",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://api.openai.com")
@Designate(ocd = OpenAiBackend.Config.class, factory = true)
@BackendName("openai")
public final class OpenAiBackend implements InferenceBackend {

    @ObjectClassDefinition(name = "OpenAI inference", description = "An endpoint with OpenAI's chat completions")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "openai";

        @AttributeDefinition(
                description =
                        "high: asked first for high risk and where accuracy is required; standard: everything else")
        String king_backend_tier() default "high";

        @AttributeDefinition(
                description = "What a million tokens cost, in the currency of the budgets; the cheapest goes first")
        double king_backend_cost() default 1.0;

        @AttributeDefinition(description = "The same for tokens of an answer; 0: they cost as much as a prompt's")
        double king_backend_cost_completion() default 0;

        @AttributeDefinition(
                description = "What a million tokens of a model cost, for reports: model prompt answer currency;"
                        + " without an entry a report says that no price is configured")
        String[] king_backend_prices() default {};

        @AttributeDefinition(
                description = "Among those that cost the same the lowest goes first: vLLM 10, Ollama 20, hosted 30")
        int king_backend_rank() default 30;

        @AttributeDefinition(
                description =
                        "Tokens that the model reads and writes at once; 0: what the list of models says, else 128,000")
        int king_backend_window() default 0;

        @AttributeDefinition(description = "Base address, up to and with the version")
        String url() default "https://api.openai.com/v1";

        @AttributeDefinition(
                description = "Key, as $[secret:name] or $[env:NAME]; empty for an endpoint without one",
                type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Model that is asked when a prompt names none")
        String model() default "gpt-4o-mini";

        @AttributeDefinition(description = "Further models a prompt may name")
        String[] models() default {};

        @AttributeDefinition(description = "Model that embeds; empty: this backend does not embed")
        String embedding_model() default "";

        @AttributeDefinition(description = "Whether the bound of an answer is sent as max_completion_tokens")
        boolean completion_tokens() default false;

        @AttributeDefinition(description = "Longest wait for a connection, in seconds")
        int connect_timeout() default 10;

        @AttributeDefinition(description = "Longest silence of the endpoint during a call, in seconds")
        int silence_timeout() default 120;

        @AttributeDefinition(description = "Longest time of a whole answer, in seconds")
        int answer_timeout() default 600;
    }

    /** A list may not wait longer for the state of an endpoint. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<String> models;
    private final Request request;
    private final Failures failures;
    private final Health health;
    private final StreamingChatModel chat;
    private final Vectors vectors;
    private final Transport transport;

    @Activate
    public OpenAiBackend(Config config) {
        String key = config._key();
        String url = config.url().replaceAll("/+$", "");
        models = Stream.concat(Stream.of(config.model()), Arrays.stream(config.models()))
                .distinct()
                .toList();
        request = new Request(config.model(), config.completion_tokens());
        failures = new Failures(key);
        transport = new Transport(
                Duration.ofSeconds(config.connect_timeout()),
                Duration.ofSeconds(config.silence_timeout()),
                Duration.ofSeconds(config.answer_timeout()),
                OpenAiEnding::new);
        OpenAiModels known = new OpenAiModels(transport.within(PATIENCE), url, key);
        boolean keyless = key.isEmpty() && url.startsWith("https://api.openai.com/");
        health = new Health(() -> keyless ? Health.State.ill("no key is configured") : known.state(), failures);
        chat = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(url)
                .apiKey(key.isEmpty() ? null : key)
                .modelName(config.model())
                .build();
        vectors = new Vectors(
                config.embedding_model().isEmpty()
                        ? null
                        : OpenAiEmbeddingModel.builder()
                                .httpClientBuilder(transport)
                                .baseUrl(url)
                                .apiKey(key.isEmpty() ? null : key)
                                .modelName(config.embedding_model())
                                .maxRetries(0)
                                .build(),
                failures);
    }

    @Deactivate
    void stop() {
        transport.close();
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        return Answering.to(() -> request.of(prompt), chat, listener, failures);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return vectors.of(texts);
    }

    @Override
    public BackendStatus status() {
        return health.state().of(vectors.there(), models);
    }
}
