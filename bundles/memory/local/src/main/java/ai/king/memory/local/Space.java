/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import io.github.jbellis.jvector.graph.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one namespace with vectors of one dimension: nothing of another namespace is within its reach. Up to two
 * thousand are compared one by one; beyond that a graph leads to the nearest, and what it does not hold yet is compared.
 */
final class Space {

    private static final Logger LOG = LoggerFactory.getLogger(Space.class);
    private static final int COMPARED = 2_000;
    /** Numbers the graph takes in for each entry that comes: more than one, so that it catches up. */
    private static final int STEPS = 4;
    /** And at each recall, while it is far behind: after a start without its file. */
    private static final int STEPS_AT_RECALL = 8;

    /** A graph of so many finds enough at the usual effort; one of ten times as many needs ten times the look. */
    private static final int LARGE = 50_000;

    private static final int SAVED_EVERY = 5_000;

    private final Log log;
    private final String namespace;
    private final int dimension;
    private final Vectors.Places places = new Vectors.Places();
    private final Vectors vectors;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
    private final Postings postings = new Postings();
    private volatile @Nullable Graph graph;
    private int saved;
    private boolean shrunk;

    Space(Log log, String namespace, int dimension) {
        this.log = log;
        this.namespace = namespace;
        this.dimension = dimension;
        this.vectors = new Vectors(log, places, dimension);
    }

    String namespace() {
        return namespace;
    }

    /** A record of the log, in its order. */
    void found(long address, boolean live) {
        int number = places.add(address);
        if (live) {
            known(number, log.entry(address));
        } else {
            dead.add(number);
        }
    }

    private void known(int number, Entry entry) {
        Integer before = ids.put(entry.id(), number);
        if (before != null) {
            dead.add(before);
            log.replaced(places.at(before));
        }
        postings.add(number, entry.attributes());
    }

    /** True when exactly this is there already. */
    boolean same(Entry entry, float[] vector) {
        Integer number = ids.get(entry.id());
        if (number == null || !log.entry(places.at(number)).equals(entry)) {
            return false;
        }
        float[] own = new float[dimension];
        log.vector(places.at(number), own);
        return java.util.Arrays.equals(own, vector);
    }

    void put(Entry entry, float[] vector) {
        known(places.add(log.append(entry, vector)), entry);
    }

    /** Called after entries came: the graph takes in more than that, so that it catches up. */
    void came(int entries) {
        grow(entries * STEPS);
    }

    private void grow(int steps) {
        if (graph == null && places.count() - dead.size() > COMPARED) {
            graph = new Graph(vectors);
        }
        Graph growing = graph;
        if (growing != null && growing.size() < places.count()) {
            growing.grow(steps, dead::contains);
        }
        if (growing != null && growing.size() - saved >= Math.max(SAVED_EVERY, saved / 10)) {
            finish();
            load();
        }
    }

    boolean behind() {
        Graph growing = graph;
        return growing != null && places.count() - growing.size() > COMPARED;
    }

    void catchUp() {
        grow(STEPS_AT_RECALL);
    }

    void forget(Iterable<String> forgotten) {
        List<Integer> gone = new ArrayList<>();
        for (String id : forgotten) {
            Integer number = ids.remove(id);
            if (number != null) {
                dead.add(number);
                gone.add(number);
            }
        }
        Graph growing = graph;
        if (growing != null) {
            growing.remove(gone);
            shrunk = true;
        }
        gone.forEach(number -> log.erase(places.at(number)));
    }

    List<Recalled> nearest(float[] asked, Map<String, String> filter, int limit, int effort) {
        Nearest nearest = new Nearest(limit);
        Optional<Postings.Numbers[]> lists = postings.of(filter);
        if (lists.isEmpty()) {
            return List.of();
        }
        Postings.Numbers[] all = lists.get();
        IntPredicate wanted = number -> !dead.contains(number) && inAll(all, number);
        Graph searched = graph;
        if (all.length > 0 && all[0].count() <= COMPARED) {
            for (int i = 0; i < all[0].count(); i++) {
                compare(asked, all[0].numbers()[i], wanted, nearest);
            }
        } else {
            // What the graph takes in meanwhile is compared below: nothing comes twice.
            int from = searched == null ? 0 : searched.size();
            if (searched != null) {
                int looked = Math.max(limit, 10) * effort * Math.max(1, searched.size() / LARGE);
                for (SearchResult.NodeScore found :
                        searched.search(asked, limit, looked, number -> number < from && wanted.test(number))) {
                    nearest.offer(found.node, Graph.cosine(found.score));
                }
            }
            for (int number = from; number < places.count(); number++) {
                compare(asked, number, wanted, nearest);
            }
        }
        return read(nearest);
    }

    private static boolean inAll(Postings.Numbers[] lists, int number) {
        for (Postings.Numbers list : lists) {
            if (!list.has(number)) {
                return false;
            }
        }
        return true;
    }

    private void compare(float[] asked, int number, IntPredicate wanted, Nearest nearest) {
        if (wanted.test(number)) {
            float[] own = nearest.scratch(dimension);
            log.vector(places.at(number), own);
            float dot = 0;
            for (int i = 0; i < own.length; i++) {
                dot += asked[i] * own[i];
            }
            nearest.offer(number, dot);
        }
    }

    private List<Recalled> read(Nearest nearest) {
        List<Recalled> found = new ArrayList<>();
        nearest.bestFirst((number, score) -> {
            long address = places.at(number);
            Entry entry = log.entry(address);
            // Forgotten while it was read: what was read may be half of it.
            if (log.live(address)) {
                found.add(new Recalled(entry, Math.max(-1, Math.min(1, score))));
            }
        });
        return List.copyOf(found);
    }

    private Path file() {
        try {
            byte[] name = (dimension + ":" + namespace).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name));
            return log.folder().resolve("graph-" + hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps the graph, so that a start need not make it again. A file that cannot be written costs time, no entry. */
    void finish() {
        Graph grown = graph;
        if (grown != null && (grown.size() > saved || shrunk)) {
            try {
                grown.finish(file());
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("The graph of a memory is not kept: {}", e.toString());
            }
            saved = grown.size();
            shrunk = false;
        }
    }

    /** Takes the graph that was kept, or begins one; what it does not hold yet it takes in little by little. */
    void load() {
        if (places.count() - dead.size() <= COMPARED) {
            return;
        }
        Graph made = new Graph(vectors);
        if (Files.exists(file())) {
            try {
                if (made.load(file())) {
                    // What was forgotten after the graph was kept.
                    made.remove(List.copyOf(dead));
                    saved = made.size();
                } else {
                    made = new Graph(vectors);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("The kept graph of a memory cannot be read, it is made again: {}", e.toString());
                made = new Graph(vectors);
            }
        }
        graph = made;
    }
}
