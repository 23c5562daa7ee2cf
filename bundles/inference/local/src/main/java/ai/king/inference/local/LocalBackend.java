/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.local;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.inference.BackendName;
import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Embeds on the caller's thread with the model of {@code ai.king.lib.onnx}, which is loaded at the first text and then
 * serves all generations of this plug. It cannot chat.
 */
@Component(configurationPid = "ai.king.inference.local", configurationPolicy = REQUIRE, property = "king.reaches=none")
@Designate(ocd = LocalBackend.Config.class, factory = true)
@BackendName("local")
public final class LocalBackend implements InferenceBackend {

    private static final String MODEL = "all-minilm-l6-v2-q";

    /** Stands for a text without any word; a model of sentences has no vector for nothing. */
    private static final String EMPTY = ".";

    @ObjectClassDefinition(name = "Local inference", description = "Embeds in the platform's own process")
    @interface Config {
        @AttributeDefinition(description = "Provider shown in lists")
        String king_backend_provider() default "in-process";

        @AttributeDefinition(description = "Characters of a text that are read; the rest is ignored")
        int max_characters() default 20000;
    }

    private final int maxCharacters;
    private volatile String failure = "";

    @Activate
    public LocalBackend(Config config) {
        maxCharacters = config.max_characters();
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        return new Reply.Unavailable("the local backend only embeds", true, Optional.empty());
    }

    /** 384 numbers of length 1 for each text; two texts are as alike as their dot product says. */
    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        if (texts.isEmpty()) {
            return vectors;
        }
        EmbeddingModel model = model();
        for (String text : texts) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while embedding");
            }
            vectors.add(model.embed(readable(text)).content().vector());
        }
        return vectors;
    }

    @Override
    public BackendStatus status() {
        boolean well = failure.isEmpty();
        String detail = well ? "embeds in process, 384 dimensions; does not chat" : failure;
        return new BackendStatus(well, false, true, List.of(MODEL), OptionalDouble.empty(), detail);
    }

    private String readable(String text) {
        String head = text.length() <= maxCharacters ? text : text.substring(0, maxCharacters);
        return head.isBlank() ? EMPTY : head;
    }

    /** The class loads its model once, when it is first used. */
    private EmbeddingModel model() {
        try {
            return new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
        } catch (LinkageError e) {
            failure = "the embedding model does not run on this machine: " + cause(e);
            throw new IllegalStateException(failure, e);
        }
    }

    private static String cause(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }
}
