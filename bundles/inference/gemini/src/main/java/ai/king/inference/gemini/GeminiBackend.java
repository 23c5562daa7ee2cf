/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.gemini;

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
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
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

/** The Gemini API. Works on the caller's thread; keeps connections and the signatures of calls, never a conversation. */
@Component(
        configurationPid = "ai.king.inference.gemini",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://generativelanguage.googleapis.com")
@Designate(ocd = GeminiBackend.Config.class, factory = true)
@BackendName("gemini")
public final class GeminiBackend implements InferenceBackend {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ObjectClassDefinition(name = "Gemini inference", description = "Google's Gemini models, by the Gemini API")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "gemini";

        @AttributeDefinition(
                description =
                        "high: asked first for high risk and where accuracy is required; standard: everything else")
        String king_backend_tier() default "high";

        @AttributeDefinition(
                description = "What a million tokens cost, in the currency of the budgets; the cheapest goes first")
        double king_backend_cost() default 0.5;

        @AttributeDefinition(description = "The same for tokens of an answer; 0: they cost as much as a prompt's")
        double king_backend_cost_completion() default 3.0;

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
        String url() default "https://generativelanguage.googleapis.com/v1beta";

        @AttributeDefinition(description = "Key, as $[secret:name] or $[env:NAME]", type = AttributeType.PASSWORD)
        String _key() default "";

        @AttributeDefinition(description = "Model that is asked when a prompt names none")
        String model() default "gemini-2.5-flash";

        @AttributeDefinition(description = "Further models a prompt may name")
        String[] models() default {};

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
    private final Signatures signatures = new Signatures();
    private final Transport transport;

    @Activate
    public GeminiBackend(Config config) {
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
                CandidateEnding::new);
        Transport asking = transport.within(PATIENCE);
        health = new Health(
                () -> key.isEmpty() ? Health.State.ill("no key is configured") : probe(asking, url, key), failures);
        chat = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(url)
                .apiKey(key.isEmpty() ? "none" : key)
                .modelName(model)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    @Deactivate
    void stop() {
        transport.close();
    }

    /** The list of models costs nothing and needs the key, which goes in a header: addresses get into logs. */
    private static Health.State probe(Transport asking, String url, String key) {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(url + "/models?pageSize=1")
                .addHeader("x-goog-api-key", key)
                .build();
        return Health.State.answering(asking, request);
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        return Answering.to(
                () -> signatures.signed(Conversation.request(prompt, model)),
                chat,
                listener,
                failures,
                signatures::keep);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        throw new UnsupportedOperationException("this backend is asked to chat only");
    }

    @Override
    public BackendStatus status() {
        return health.state().of(false, models);
    }
}
