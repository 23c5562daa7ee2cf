/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The wrapped model at work in a bare framework: class loaders as in the platform, no network, no context loader. */
class FrameworkTest {

    private static final String MODEL =
            "dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel";

    @TempDir
    static Path storage;

    private static Framework framework;
    private static Bundle onnx;

    @BeforeAll
    static void boot() throws BundleException {
        System.setProperty("DJL_CACHE_DIR", storage.resolve("natives").toString());
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=1.7.36"));
        framework.start();
        for (Class<?> type : List.of(JsonProperty.class, JsonFactory.class, ObjectMapper.class, EmbeddingModel.class)) {
            install(type.getProtectionDomain().getCodeSource().getLocation().toString());
        }
        onnx = install(new File("target/classes").toURI().toString());
        onnx.start();
    }

    @AfterAll
    static void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void findsSentencesOfOneMeaningCloserThanOthers() throws Exception {
        List<URI> asked = new ArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new Recorder(asked));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try {
            Object model = onnx.loadClass(MODEL).getConstructor().newInstance();
            float[] plan = embed(model, "Plan the next quarter for my shop");
            float[] same = embed(model, "What should my store do in the coming three months?");
            float[] other = embed(model, "The dog sleeps under the old tree");
            assertThat(plan).hasSize(384);
            assertThat(cosine(plan, same)).isGreaterThan(0.4).isGreaterThan(cosine(plan, other) + 0.3);
            assertThat(embed(model, "Plan the next quarter for my shop")).containsExactly(plan);
        } finally {
            Thread.currentThread().setContextClassLoader(context);
            ProxySelector.setDefault(before);
        }
        assertThat(asked).isEmpty();
    }

    private static Bundle install(String url) throws BundleException {
        return framework.getBundleContext().installBundle("reference:" + url);
    }

    private static float[] embed(Object model, String text) throws ReflectiveOperationException {
        Object response = call(model, "embed", text);
        return (float[]) call(call(response, "content"), "vector");
    }

    private static Object call(Object target, String name, String... arguments) throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        try {
            return target.getClass().getMethod(name, types).invoke(target, (Object[]) arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }

    /** Writes down every address that anything in this JVM asks a way to. */
    private static final class Recorder extends ProxySelector {

        private final List<URI> asked;

        Recorder(List<URI> asked) {
            this.asked = asked;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            asked.add(uri);
        }
    }
}
