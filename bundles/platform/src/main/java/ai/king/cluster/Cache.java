/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Values that cost something to make again. One that is answered was put under exactly this name, by a node of this cluster, and
 * is not past its time; everything else is answered by nothing. A value may be gone at any moment, and one that was dropped
 * may still be answered on another node: what changes carries its version in the name. Never blocks for long.
 */
@ProviderType
public interface Cache {

    Optional<String> get(String name);

    /** Keeps a value so long at most, on this node and on others where they share. */
    void put(String name, String value, Duration keep);

    void drop(String name);
}
