/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Replicas of one model, each with a cache as a GPU has it: blocks of {@value #BLOCK} characters, about the 16 tokens of
 * vLLM's, known by themselves and all before them, the least recently used forgotten. They know nothing of what routes.
 */
final class Replicas implements Plugs {

    static final int COUNT = 4;

    private static final int BLOCK = 64;
    private static final int KEPT = 4000;

    private final List<Replica> replicas =
            IntStream.range(0, COUNT).mapToObj(i -> new Replica()).toList();

    /** The replica of this number answers, whoever chose it. */
    void serve(int number, Prompt prompt) {
        replicas.get(number).chat(prompt, Listener.none());
    }

    /** The part of all blocks that a cache had, in percent. */
    double hits() {
        long hits = replicas.stream().mapToLong(replica -> replica.hits).sum();
        return 100.0
                * hits
                / replicas.stream().mapToLong(replica -> replica.asked).sum();
    }

    /** The part of all calls that the busiest replica answered, in percent. */
    double busiest() {
        long most = replicas.stream().mapToLong(replica -> replica.calls).max().orElseThrow();
        return 100.0
                * most
                / replicas.stream().mapToLong(replica -> replica.calls).sum();
    }

    /** One replica. */
    private static final class Replica implements InferenceBackend {
        private final Map<String, Boolean> cache = new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > KEPT;
            }
        };
        private long hits;
        private long asked;
        private long calls;

        @Override
        public Reply chat(Prompt prompt, Listener listener) {
            String text = prompt.messages().stream()
                    .map(message -> "<" + message.role() + ">" + message.text())
                    .collect(Collectors.joining());
            calls++;
            boolean known = true;
            String before = "";
            for (int end = BLOCK; end <= text.length(); end += BLOCK) {
                // What came before is part of a block's name: equal text elsewhere is another block.
                before = digest(before + text.substring(end - BLOCK, end));
                known &= cache.put(before, true) != null;
                asked++;
                hits += known ? 1 : 0;
            }
            return new Reply.Answer("stub", "", List.of(), "stop", new Reply.Usage(text.length() / 4, 1));
        }

        private static String digest(String text) {
            return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            throw new UnsupportedOperationException("it chats");
        }

        @Override
        public BackendStatus status() {
            return new BackendStatus(true, true, false, List.of("stub"), OptionalDouble.empty(), "well");
        }
    }

    private static Generation generation(String name) {
        return new Generation(name, InferenceBackend.class.getSimpleName(), name, "bench", "1.0.0", 1, Map.of());
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        if (!names(type).contains(name)) {
            throw new NoSuchPlug(name);
        }
        T plug = type.cast(replicas.get(Integer.parseInt(name)));
        return new Lease<>() {
            @Override
            public T plug() {
                return plug;
            }

            @Override
            public Generation generation() {
                return Replicas.generation(name);
            }

            @Override
            public void failed() {
                throw new IllegalStateException(name + " failed");
            }

            @Override
            public void close() {
                // Nothing is counted here: what a lease costs is a measure of its own.
            }
        };
    }

    @Override
    public Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        current(type).forEach(generation -> names.add(generation.name()));
        return names;
    }

    @Override
    public List<Generation> current(Class<?> type) {
        return type == InferenceBackend.class
                ? IntStream.range(0, COUNT)
                        .mapToObj(i -> generation(String.valueOf(i)))
                        .toList()
                : List.of();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
