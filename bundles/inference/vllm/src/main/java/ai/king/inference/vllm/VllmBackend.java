/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.vllm;

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
import ai.king.lib.wire.OpenAiEnding;
import ai.king.lib.wire.OpenAiModels;
import ai.king.lib.wire.Transport;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One vLLM server. Its models and adapters are what it lists, its load is what its metrics say. */
@Component(
        configurationPid = "ai.king.inference.vllm",
        configurationPolicy = REQUIRE,
        property = "king.reaches=http://127.0.0.1:8000")
@Designate(ocd = VllmBackend.Config.class, factory = true)
@BackendName("vllm")
public final class VllmBackend implements InferenceBackend {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @ObjectClassDefinition(name = "vLLM inference", description = "One vLLM server, with its LoRA adapters as models")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "vllm";

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
        int king_backend_rank() default 10;

        @AttributeDefinition(
                description =
                        "Tokens that the model reads and writes at once; 0: what the server says of it (max_model_len)")
        int king_backend_window() default 0;

        @AttributeDefinition(description = "Base address, up to and with the version")
        String url() default "http://127.0.0.1:8000/v1";

        @AttributeDefinition(
                description = "Key, as $[secret:name] or $[env:NAME]; empty for a server without one",
                type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(
                description = "Model or adapter that is asked when a prompt names none; empty: the first it serves")
        String model() default "";

        @AttributeDefinition(description = "Requests the server works on at once (its --max-num-seqs)")
        int places() default 256;

        @AttributeDefinition(description = "Longest wait for a connection, in seconds")
        int connect_timeout() default 5;

        @AttributeDefinition(description = "Longest silence of the server during a call, in seconds")
        int silence_timeout() default 120;

        @AttributeDefinition(description = "Longest time of a whole answer, in seconds")
        int answer_timeout() default 600;
    }

    private final String model;
    private final String root;
    private final int places;
    private final Failures failures;
    private final Transport asking;
    private final OpenAiModels known;
    private final Health health;
    private final StreamingChatModel chat;
    private final Transport transport;

    @Activate
    public VllmBackend(Config config) {
        String key = config._key();
        String url = config.url().replaceAll("/+$", "");
        root = url.replaceAll("/v1$", "");
        model = config.model();
        places = Math.max(1, config.places());
        failures = new Failures(key);
        transport = new Transport(
                Duration.ofSeconds(config.connect_timeout()),
                Duration.ofSeconds(config.silence_timeout()),
                Duration.ofSeconds(config.answer_timeout()),
                OpenAiEnding::new);
        asking = transport.within(PATIENCE);
        known = new OpenAiModels(asking, url, key);
        health = new Health(this::probe, failures);
        chat = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(url)
                .apiKey(key.isEmpty() ? null : key)
                .build();
    }

    @Deactivate
    void stop() {
        transport.close();
    }

    private Health.State probe() {
        Health.State listed = known.state();
        List<String> models = listed.models();
        if (models.isEmpty()) {
            return Health.State.ill("answers, but serves no model");
        }
        if (!model.isEmpty() && !models.contains(model)) {
            return Health.State.ill("does not serve the model " + model);
        }
        return new Health.State(true, "answers", models, load(), listed.windows());
    }

    /** A server may keep its metrics to itself: then its load is not known. */
    private OptionalDouble load() {
        try {
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.GET)
                    .url(root + "/metrics")
                    .build();
            return Metrics.load(asking.execute(request).body(), places);
        } catch (RuntimeException e) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        return Answering.to(() -> request(prompt), chat, listener, failures);
    }

    private ChatRequest request(Prompt prompt) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        parameters.modelName(prompt.model().orElseGet(this::first));
        parameters.temperature(prompt.temperature());
        prompt.maxTokens().ifPresent(parameters::maxOutputTokens);
        if (!prompt.functions().isEmpty()) {
            parameters.customParameters(Map.of("tools", Conversation.openAiTools(prompt.functions())));
        }
        return ChatRequest.builder()
                .messages(Conversation.messages(prompt.messages()))
                .parameters(parameters.build())
                .build();
    }

    private String first() {
        if (!model.isEmpty()) {
            return model;
        }
        List<String> models = health.state().models();
        // With no list the server says best what is wrong.
        return models.isEmpty() ? "default" : models.get(0);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        throw new UnsupportedOperationException("this server is asked to chat only");
    }

    @Override
    public BackendStatus status() {
        Health.State state = health.state();
        List<String> models = new ArrayList<>(state.models());
        if (models.remove(model)) {
            models.add(0, model);
        }
        return state.of(false, List.copyOf(models));
    }
}
