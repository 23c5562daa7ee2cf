/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories;
import ai.king.agents.Memory;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feeder for each generation of each memory plug that is there, and which of them is asked first. */
final class Feeders {

    private static final Logger LOG = LoggerFactory.getLogger(Feeders.class);
    private static final Duration END = Duration.ofSeconds(3);
    private static final int LAST_RANK = 100;

    private final Routes routes;
    private final Feeder.Sources sources;
    private volatile Map<String, Feeder> feeders = Map.of();
    private boolean closed;

    Feeders(Routes routes, Feeder.Sources sources) {
        this.routes = routes;
        this.sources = sources;
    }

    /** Called when generations came, left or changed their weight. */
    synchronized void refresh() {
        Map<String, Feeder> next = new LinkedHashMap<>();
        for (Route route : closed ? List.<Route>of() : routes.all()) {
            if (route.generation().type().equals("MemoryStore")) {
                boolean main = route.state() == Route.State.ACTIVE;
                String key =
                        route.generation().name() + "@" + route.generation().id();
                Feeder known = feeders.get(key);
                if (known == null
                        || known.generation().bundleId() != route.generation().bundleId()) {
                    next.put(key, new Feeder(sources, route.generation(), main));
                } else {
                    known.main(main);
                    next.put(key, known);
                }
            }
        }
        feeders.values().stream().filter(feeder -> !next.containsValue(feeder)).forEach(Feeder::close);
        feeders = Map.copyOf(next);
    }

    /**
     * Those that know everything first; among them the lowest {@code king.memory.rank}, and of a name's generations the one
     * that is directed to. So a new one takes over in one step, when it is directed to and knows everything.
     */
    List<Feeder> inOrder() {
        return feeders.values().stream()
                .sorted(Comparator.comparing((Feeder feeder) -> !feeder.current())
                        .thenComparing(Feeders::rank)
                        .thenComparing(feeder -> feeder.generation().name())
                        .thenComparing(feeder -> !feeder.main()))
                .toList();
    }

    private static int rank(Feeder feeder) {
        Object rank = feeder.generation().properties().get("king.memory.rank");
        return rank instanceof Number number ? number.intValue() : LAST_RANK;
    }

    void ahead(Memory row) {
        feeders.values().forEach(feeder -> feeder.ahead(row));
    }

    List<Memories.Index> indexes() {
        List<Feeder> ordered = inOrder();
        return ordered.stream()
                .map(feeder -> feeder.index(feeder == ordered.get(0)))
                .toList();
    }

    void close() throws InterruptedException {
        Map<String, Feeder> last;
        synchronized (this) {
            closed = true;
            last = feeders;
            last.values().forEach(Feeder::close);
            feeders = Map.of();
        }
        for (Feeder feeder : last.values()) {
            feeder.awaitEnd(END, name -> LOG.warn("Memory {} does not answer, its thread stays", name));
        }
    }
}
