/* SPDX-License-Identifier: Apache-2.0 */
package dev.langchain4j.model.embedding.onnx.allminilml6v2q;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;

/**
 * Takes the place of the class of the same name in LangChain4j. It loads the same model once for the process, but works
 * on the caller's thread alone: a sentence is too short for several, which on a busy machine wait for each other
 * actively and take twice as long. And it finds its files in its own bundle, whatever the caller's context loader is.
 */
public class AllMiniLmL6V2QuantizedEmbeddingModel extends AbstractInProcessEmbeddingModel {

    private static final int DIMENSIONS = 384;
    private static final OnnxBertBiEncoder MODEL = load();

    public AllMiniLmL6V2QuantizedEmbeddingModel() {
        this(Runnable::run);
    }

    /** @param executor runs the texts of a list; one that runs them at once keeps to the caller's thread */
    public AllMiniLmL6V2QuantizedEmbeddingModel(Executor executor) {
        super(executor);
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return MODEL;
    }

    @Override
    protected Integer knownDimension() {
        return DIMENSIONS;
    }

    private static OnnxBertBiEncoder load() {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        // The tokenizer looks for its native library through the context loader.
        caller.setContextClassLoader(AllMiniLmL6V2QuantizedEmbeddingModel.class.getClassLoader());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream model = open("/all-minilm-l6-v2-q.onnx");
                InputStream tokenizer = open("/all-minilm-l6-v2-q-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            OrtSession session = environment.createSession(model.readAllBytes(), options);
            return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    private static InputStream open(String name) throws FileNotFoundException {
        InputStream file = AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }
}
