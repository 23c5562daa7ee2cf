/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps entries by namespace and finds them by vector. Called on the platform's threads, many calls at once; the vector comes
 * with the call, not always of length 1. The platform has its own record of every entry: what a store has lost it is given
 * again, in the order of the record. Namespaces are any text and never leak into each other.
 */
@ConsumerType
public interface MemoryStore {

    /** What it needs and has not been given, in words for a person; a store that misses something is not called otherwise. */
    default List<String> missing() {
        return List.of();
    }

    /** Stores an entry, replacing one of the same namespace and id. Returns when it is stored. */
    void remember(Entry entry, float[] vector);

    /** Stores several entries, each with the vector at its place; returns when all are stored. One by one unless overridden. */
    default void remember(List<Entry> entries, List<float[]> vectors) {
        for (int i = 0; i < entries.size(); i++) {
            remember(entries.get(i), vectors.get(i));
        }
    }

    /** The entries of a namespace nearest to the vector whose attributes contain the filter, best first. */
    List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit);

    /** Removes entries by id; unknown ids are ignored. */
    void forget(String namespace, List<String> ids);
}
