/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memory;
import ai.king.store.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the vectors that are missing: of entries written while nothing embedded, and of all when the embedding model makes
 * vectors of another dimension than before. Goes through the entries only when there is a reason to.
 */
final class Gaps {

    /** 1 while there may be entries without a vector. */
    private static final String OPEN = "vectors missing";

    private static final String DIMENSION = "vectors dimension";

    private final Shelf shelf;
    private final Embedder embedder;
    private final Places places;
    private volatile boolean told;

    Gaps(Shelf shelf, Embedder embedder, Places places) {
        this.shelf = shelf;
        this.embedder = embedder;
        this.places = places;
    }

    /** Called before an entry is stored without a vector. */
    void opened() {
        if (places.get(OPEN).orElse(0) == 0) {
            places.set(OPEN, 1);
        }
    }

    /** Called with the vector of an entry: the first one says what dimension the others have. */
    void made(int dimension) {
        if (!told && places.get(DIMENSION).isEmpty()) {
            places.set(DIMENSION, dimension);
        }
        told = true;
    }

    void close() {
        int dimension = embedder.dimension();
        if (dimension == 0) {
            return;
        }
        boolean other = places.get(DIMENSION).orElse(dimension) != dimension;
        if (other || places.get(OPEN).orElse(0) != 0) {
            // Said first: an entry that comes without a vector meanwhile opens it again.
            places.set(OPEN, 0);
            if (!all(dimension)) {
                places.set(OPEN, 1);
                return;
            }
        }
        if (other || places.get(DIMENSION).isEmpty()) {
            places.set(DIMENSION, dimension);
        }
    }

    private boolean all(int dimension) {
        String cursor = null;
        do {
            Page<Memory> page = shelf.all(cursor);
            List<Memory> open = new ArrayList<>();
            for (Memory row : page.items()) {
                String vector = row.vector();
                if (vector == null || Vectors.of(vector).length != dimension) {
                    open.add(row);
                }
            }
            if (!open.isEmpty() && !embed(open)) {
                return false;
            }
            cursor = page.next();
        } while (cursor != null);
        return true;
    }

    /** Those of one business together: it pays for them. */
    private boolean embed(List<Memory> rows) {
        Map<String, List<Memory>> namespaces = rows.stream()
                .collect(Collectors.groupingBy(Memory::namespace, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Memory>> each : namespaces.entrySet()) {
            List<Memory> own = each.getValue();
            Optional<List<float[]>> vectors =
                    embedder.of(each.getKey(), own.stream().map(Memory::text).toList());
            if (vectors.isEmpty()) {
                return false;
            }
            for (int i = 0; i < own.size(); i++) {
                shelf.vector(own.get(i), vectors.get().get(i));
            }
        }
        return true;
    }
}
