/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every memory store keeps. */
public abstract class MemoryContract {

    private static final Instant AT = Instant.parse("2026-10-01T09:00:00.123456Z");

    /** Names that a careless index, file system, path or statement would take for something else. */
    private static final List<String> HOSTILE = List.of(
            "business:b-1",
            "business:b-10",
            "business:B-1",
            "business:b-1 ",
            " business:b-1",
            "business:b-1/../b-2",
            "business:b-1%",
            "business:b-_",
            "business:b-1' or '1'='1",
            "business:b-1\n",
            "business:b\u20111",
            "*",
            "/etc/passwd",
            "__default__",
            "x".repeat(200));

    /** An empty store; each call one of its own. */
    protected abstract MemoryStore memory();

    /** How many numbers a vector has. */
    protected int dimension() {
        return 16;
    }

    /** Entries of the test that needs many. */
    protected int many() {
        return 3000;
    }

    /** Waits until what was written can be read, where that takes a while. */
    protected void settle(MemoryStore memory) {
        // At once, usually.
    }

    private Entry entry(String namespace, String id, Map<String, String> attributes) {
        return new Entry(id, namespace, "pat", "text of " + id, false, attributes, AT);
    }

    private float[] axis(int number) {
        float[] vector = new float[dimension()];
        vector[number] = 1;
        return vector;
    }

    private static List<String> ids(List<Recalled> recalled) {
        return recalled.stream().map(each -> each.entry().id()).toList();
    }

    @Test
    void findsTheNearestFirstWithTheirCosine() {
        MemoryStore memory = memory();
        float[] between = axis(0);
        between[1] = 1;
        memory.remember(entry("n", "first", Map.of()), axis(0));
        memory.remember(entry("n", "between", Map.of()), between);
        memory.remember(entry("n", "second", Map.of()), axis(1));
        settle(memory);
        float[] asked = axis(0);
        asked[0] = 7;
        List<Recalled> found = memory.recall("n", asked, Map.of(), 2);
        assertThat(ids(found)).containsExactly("first", "between");
        assertThat(found.get(0).score()).isCloseTo(1, within(0.001));
        assertThat(found.get(1).score()).isCloseTo(Math.sqrt(0.5), within(0.001));
    }

    @Test
    void keepsEveryFieldOfAnEntry() {
        MemoryStore memory = memory();
        Entry entry = new Entry(
                "id-1",
                "n",
                "agent \u00fc \"x\"",
                "line one\nline two \ud83d\udca1 ' \\ {}",
                true,
                Map.of("number", "12345678901234567890", "$eq", "a.b", "empty", "", "quote'", "\"'"),
                AT);
        memory.remember(entry, axis(2));
        settle(memory);
        assertThat(memory.recall("n", axis(2), Map.of(), 1))
                .extracting(Recalled::entry)
                .containsExactly(entry);
    }

    @Test
    void replacesAnEntryOfTheSameNamespaceAndId() {
        MemoryStore memory = memory();
        memory.remember(entry("n", "same", Map.of("v", "1")), axis(0));
        memory.remember(entry("m", "same", Map.of("v", "other")), axis(0));
        memory.remember(entry("n", "same", Map.of("v", "2")), axis(1));
        settle(memory);
        assertThat(memory.recall("n", axis(0), Map.of(), 10))
                .extracting(each -> each.entry().attributes().get("v"))
                .containsExactly("2");
        assertThat(memory.recall("n", axis(1), Map.of("v", "1"), 10)).isEmpty();
        assertThat(memory.recall("m", axis(0), Map.of(), 10)).hasSize(1);
    }

    @Test
    void namespacesNeverLeakWhateverTheyAreCalled() {
        MemoryStore memory = memory();
        for (String name : HOSTILE) {
            memory.remember(entry(name, "secret-" + HOSTILE.indexOf(name), Map.of("of", "all")), axis(0));
        }
        settle(memory);
        for (String name : HOSTILE) {
            List<Recalled> found = memory.recall(name, axis(0), Map.of("of", "all"), 100);
            assertThat(ids(found)).containsExactly("secret-" + HOSTILE.indexOf(name));
            assertThat(found.get(0).entry().namespace()).isEqualTo(name);
        }
        memory.forget(HOSTILE.get(0), List.of("secret-1", "secret-2"));
        settle(memory);
        assertThat(memory.recall(HOSTILE.get(1), axis(0), Map.of(), 10)).hasSize(1);
        assertThat(memory.recall("business:b", axis(0), Map.of(), 10)).isEmpty();
    }

    @Test
    void filtersByEveryAttributeGiven() {
        MemoryStore memory = memory();
        memory.remember(entry("n", "a", Map.of("kind", "x", "of", "1")), axis(0));
        memory.remember(entry("n", "b", Map.of("kind", "x", "of", "2")), axis(0));
        memory.remember(entry("n", "c", Map.of("kind", "x' or true", "of", "{\"$ne\":\"1\"}")), axis(0));
        settle(memory);
        assertThat(ids(memory.recall("n", axis(0), Map.of("kind", "x"), 10))).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(memory.recall("n", axis(0), Map.of("kind", "x", "of", "2"), 10)))
                .containsExactly("b");
        assertThat(ids(memory.recall("n", axis(0), Map.of("of", "{\"$ne\":\"1\"}"), 10)))
                .containsExactly("c");
        assertThat(memory.recall("n", axis(0), Map.of("kind", "y"), 10)).isEmpty();
        assertThat(memory.recall("n", axis(0), Map.of("none", "x"), 10)).isEmpty();
    }

    @Test
    void forgetsByIdAndIgnoresUnknownIds() {
        MemoryStore memory = memory();
        memory.remember(entry("n", "a", Map.of()), axis(0));
        memory.remember(entry("n", "b", Map.of()), axis(0));
        memory.forget("n", List.of("a", "never", ""));
        memory.forget("never", List.of("b"));
        memory.forget("n", List.of());
        settle(memory);
        assertThat(ids(memory.recall("n", axis(0), Map.of(), 10))).containsExactly("b");
        memory.remember(entry("n", "a", Map.of()), axis(0));
        settle(memory);
        assertThat(ids(memory.recall("n", axis(0), Map.of(), 10))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anUnknownNamespaceIsEmpty() {
        assertThat(memory().recall("nobody's", axis(0), Map.of(), 10)).isEmpty();
        assertThat(memory().recall("nobody's", axis(0), Map.of("a", "b"), 10)).isEmpty();
    }

    @Test
    void findsAmongManyWhatIsNearest() {
        MemoryStore memory = memory();
        Random random = new Random(20261122);
        List<Entry> entries = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < many(); i++) {
            entries.add(entry("n", "e" + i, Map.of("parity", i % 2 == 0 ? "even" : "odd")));
            vectors.add(random(random));
        }
        memory.remember(entries, vectors);
        settle(memory);
        int hits = 0;
        for (int i = 0; i < 50; i++) {
            float[] asked = random(random);
            hits += common(memory.recall("n", asked, Map.of(), 10), nearest(asked, vectors, 1));
            hits += common(memory.recall("n", asked, Map.of("parity", "even"), 10), nearest(asked, vectors, 2));
        }
        assertThat(hits).as("of the 1000 nearest").isGreaterThanOrEqualTo(950);
    }

    private float[] random(Random random) {
        float[] vector = new float[dimension()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static Set<String> nearest(float[] asked, List<float[]> vectors, int every) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i += every) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -cosine(asked, vectors.get(i))));
        Set<String> ids = new HashSet<>();
        order.subList(0, 10).forEach(i -> ids.add("e" + i));
        return ids;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            length += b[i] * b[i];
        }
        return dot / Math.sqrt(length);
    }

    private static int common(List<Recalled> found, Set<String> nearest) {
        return (int) ids(found).stream().filter(nearest::contains).count();
    }

    @Test
    void servesManyCallsAtOnce() throws Exception {
        MemoryStore memory = memory();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                String namespace = "n" + caller % 4;
                String own = "c" + caller + "-";
                calls.add(callers.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        memory.remember(entry(namespace, own + i, Map.of()), axis(i % dimension()));
                        assertThat(memory.recall(namespace, axis(0), Map.of(), 5))
                                .allMatch(found -> found.entry().namespace().equals(namespace));
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get(120, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
        settle(memory);
        assertThat(memory.recall("n0", axis(0), Map.of(), 100)).hasSize(40);
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        MemoryStore memory = memory();
        memory.remember(entry("n", "a", Map.of("k", "v")), axis(0));
        settle(memory);
        assertThat(ApiTypes.foreign(memory.recall("n", axis(0), Map.of(), 10))).isEmpty();
    }

    @Test
    void leavesNoThreadBehind() {
        MemoryStore memory = memory();
        Strays strays = new Strays();
        memory.remember(entry("n", "a", Map.of()), axis(0));
        memory.recall("n", axis(0), Map.of(), 10);
        assertThat(strays.left()).isEmpty();
    }
}
