/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Keeps entries by namespace. Called on the platform's threads, many calls at once; the vector comes with the call. */
@ConsumerType
public interface MemoryStore {

    /** Stores an entry, replacing one of the same namespace and id. Returns when it is stored. */
    void remember(Entry entry, float[] vector);

    /** The entries of a namespace nearest to the vector whose attributes contain the filter, best first. */
    List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit);

    /** Removes entries by id; unknown ids are ignored. */
    void forget(String namespace, List<String> ids);
}
