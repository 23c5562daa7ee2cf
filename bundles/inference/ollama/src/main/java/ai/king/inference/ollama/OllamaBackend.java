/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.ollama;

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
import ai.king.lib.wire.Vectors;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One Ollama. The one on this machine is found as soon as it answers and has pulled a model. */
@Component(
        configurationPid = "ai.king.inference.ollama",
        configurationPolicy = REQUIRE,
        property = "king.reaches=http://127.0.0.1:11434")
@Designate(ocd = OllamaBackend.Config.class, factory = true)
@BackendName("ollama")
public final class OllamaBackend implements InferenceBackend {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @ObjectClassDefinition(name = "Ollama inference", description = "One Ollama, on this machine or another")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "ollama";

        @AttributeDefinition(
                description =
                        "high: asked first for high risk and where accuracy is required; standard: everything else")
        String king_backend_tier() default "standard";

        @AttributeDefinition(
                description = "What a million tokens cost, in the currency of the budgets; the cheapest goes first")
        double king_backend_cost() default 0;

        @AttributeDefinition(
                description = "What a million tokens of a model cost, for reports: model prompt answer currency;"
                        + " without an entry a report says that no price is configured")
        String[] king_backend_prices() default {};

        @AttributeDefinition(
                description = "Among those that cost the same the lowest goes first: vLLM 10, Ollama 20, hosted 30")
        int king_backend_rank() default 20;

        @AttributeDefinition(
                description =
                        "Tokens that the model reads and writes at once (num_ctx): Ollama cuts off what is beyond")
        int king_backend_window() default 16384;

        @AttributeDefinition(description = "Base address")
        String url() default "http://127.0.0.1:11434";

        @AttributeDefinition(
                description = "Key for a proxy before it, as $[secret:name] or $[env:NAME]; empty: none",
                type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(
                description = "Model that is asked when a prompt names none; empty: the first it has pulled")
        String model() default "";

        @AttributeDefinition(description = "Model that embeds; empty: this backend does not embed")
        String embedding_model() default "";

        @AttributeDefinition(description = "Longest wait for a connection, in seconds")
        int connect_timeout() default 5;

        @AttributeDefinition(description = "Longest silence during a call, in seconds: loading a model is one")
        int silence_timeout() default 300;

        @AttributeDefinition(description = "Longest time of a whole answer, in seconds")
        int answer_timeout() default 1200;
    }

    private final String model;
    private final Failures failures;
    private final Health health;
    private final StreamingChatModel chat;
    private final Vectors vectors;
    private final Transport transport;

    @Activate
    public OllamaBackend(Config config) {
        String url = config.url().replaceAll("/+$", "");
        Map<String, String> headers =
                config._key().isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + config._key());
        model = config.model();
        failures = new Failures(config._key());
        transport = new Transport(
                Duration.ofSeconds(config.connect_timeout()),
                Duration.ofSeconds(config.silence_timeout()),
                Duration.ofSeconds(config.answer_timeout()),
                LineEnding::new);
        Pulled pulled = new Pulled(transport.within(PATIENCE), url, headers, model);
        health = new Health(pulled::state, failures);
        chat = OllamaStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(url)
                .customHeaders(headers)
                .numCtx(config.king_backend_window())
                .build();
        vectors = new Vectors(
                config.embedding_model().isEmpty()
                        ? null
                        : OllamaEmbeddingModel.builder()
                                .httpClientBuilder(transport)
                                .baseUrl(url)
                                .customHeaders(headers)
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
        return Answering.to(
                () -> Conversation.request(prompt, model.isEmpty() ? first() : model), chat, listener, failures);
    }

    private String first() {
        List<String> models = health.state().models();
        // With no list Ollama says best what is wrong.
        return models.isEmpty() ? "default" : models.get(0);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return vectors.of(texts);
    }

    @Override
    public BackendStatus status() {
        Health.State state = health.state();
        return state.of(vectors.there(), state.models());
    }
}
