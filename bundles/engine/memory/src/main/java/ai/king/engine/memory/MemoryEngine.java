/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories;
import ai.king.agents.Memory;
import ai.king.cluster.Cache;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.inferences.Inferences;
import ai.king.memory.Recalled;
import ai.king.plug.Plugs;
import ai.king.plug.Routes;
import ai.king.store.Actor;
import ai.king.store.Outbox;
import ai.king.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Memories over the store, with the memory plugs as indexes of it. */
@Capability(namespace = "osgi.implementation", name = "king.memory", version = "1.0.0")
@Component(configurationPid = "ai.king.engine.memory", immediate = true, service = Memories.class)
@Designate(ocd = MemoryEngine.Config.class)
public final class MemoryEngine implements Memories {

    @ObjectClassDefinition(name = "Memory engine", description = "What businesses remember")
    @interface Config {
        @AttributeDefinition(
                description =
                        "Entries of a namespace that stay as they are; older ones are condensed when a model is there")
        int recent() default 50;

        @AttributeDefinition(description = "Older entries that are condensed together")
        int batch() default 40;

        @AttributeDefinition(
                description =
                        "Seconds between two looks for entries to condense, and for entries that have no vector yet")
        int lookSeconds() default 60;

        @AttributeDefinition(
                description =
                        "Seconds a memory plug has to answer a recall before the next one, or the store itself, answers")
        int recallSeconds() default 5;
    }

    private static final int LONGEST_NAMESPACE = 200;
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST = 100;

    private final Shelf shelf;
    private final Embedder embedder;
    private final Feeders feeders;
    private final Gaps gaps;
    private final Upkeep upkeep;
    private final AutoCloseable watching;
    private final int recallSeconds;
    private final ExecutorService recalls = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "king-memory-recall");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public MemoryEngine(
            @Reference Store store,
            @Reference(target = "(osgi.jndi.service.name=king)") DataSource dataSource,
            @Reference Outbox outbox,
            @Reference Plugs plugs,
            @Reference Routes routes,
            @Reference Nodes nodes,
            @Reference Inferences inferences,
            @Reference Cache cache,
            Config config) {
        shelf = new Shelf(store, nodes.self());
        embedder = new Embedder(inferences, cache);
        recallSeconds = config.recallSeconds();
        feeders = new Feeders(
                routes, new Feeder.Sources(store, outbox, plugs, shelf, embedder, nodes.self(), () -> first(nodes)));
        watching = plugs.onChange(feeders::refresh);
        feeders.refresh();
        Places places = new Places(store, dataSource);
        gaps = new Gaps(shelf, embedder, places);
        upkeep = new Upkeep(
                new Condenser(shelf, inferences, embedder, store, config.recent(), config.batch()),
                new Outcomes(store, places, outbox, this),
                gaps,
                () -> first(nodes),
                config.lookSeconds());
    }

    private static boolean first(Nodes nodes) {
        List<Node> alive = nodes.alive();
        return alive.isEmpty() || alive.get(0).id().equals(nodes.self());
    }

    @Deactivate
    void close() throws Exception {
        watching.close();
        upkeep.close();
        feeders.close();
        recalls.shutdownNow();
    }

    private static void check(String namespace) {
        if (namespace.isBlank() || namespace.length() > LONGEST_NAMESPACE) {
            throw new IllegalArgumentException("a namespace has 1 to " + LONGEST_NAMESPACE + " characters");
        }
    }

    @Override
    public String remember(Actor by, NewEntry entry) {
        check(entry.namespace());
        if (entry.text().isBlank() || entry.text().length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a text to remember has 1 to " + LONGEST_TEXT + " characters");
        }
        String id = Shelf.id(entry.namespace(), entry.key());
        if (!shelf.has(id)) {
            float[] vector = embedder.of(entry.namespace(), entry.text()).orElse(null);
            if (vector == null) {
                gaps.opened();
            } else {
                gaps.made(vector.length);
            }
            if (shelf.add(by, id, entry, vector)) {
                Optional.ofNullable(shelf.rows(List.of(id)).get(id)).ifPresent(feeders::ahead);
                upkeep.touched(entry.namespace());
            }
        }
        return id;
    }

    @Override
    public List<Recalled> recall(String namespace, String text, Map<String, String> filter, int limit) {
        check(namespace);
        int most = Math.min(limit, MOST);
        Optional<float[]> vector = most < 1 || text.isBlank() ? Optional.empty() : embedder.ofQuestion(namespace, text);
        if (vector.isEmpty()) {
            return List.of();
        }
        for (Feeder feeder : feeders.inOrder()) {
            Optional<List<Recalled>> found = ask(feeder, namespace, vector.get(), Map.copyOf(filter), most);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return shelf.nearest(namespace, vector.get(), filter, most);
    }

    /** What one index finds in its time; empty when it fails or knows too little yet. */
    private Optional<List<Recalled>> ask(
            Feeder feeder, String namespace, float[] vector, Map<String, String> filter, int limit) {
        if (!feeder.current()) {
            return Optional.empty();
        }
        Future<List<Recalled>> answer = recalls.submit(() -> feeder.recall(namespace, vector, filter, limit));
        try {
            return Optional.of(answer.get(recallSeconds, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            feeder.fail("no answer within " + recallSeconds + " s");
            return Optional.empty();
        } catch (ExecutionException e) {
            feeder.fail(String.valueOf(e.getCause()));
            return Optional.empty();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public List<Recalled> recent(String namespace, Map<String, String> filter, int limit) {
        check(namespace);
        return shelf.newest(namespace, Memory.Kind.ENTRY, filter, Math.min(limit, MOST));
    }

    @Override
    public List<Recalled> summaries(String namespace, int limit) {
        check(namespace);
        return shelf.newest(namespace, Memory.Kind.SUMMARY, Map.of(), Math.min(limit, MOST));
    }

    @Override
    public void forget(Actor by, String namespace, List<String> ids) {
        check(namespace);
        if (!ids.isEmpty()) {
            shelf.remove(by, namespace, ids);
        }
    }

    @Override
    public List<Index> indexes() {
        return feeders.indexes();
    }
}
