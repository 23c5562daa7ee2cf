/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What should run; never changed once stored. The id is the number as text.
 *
 * @param parent number of the release it was made from; 0 for the first
 */
public record Release(
        String id, long no, long parent, @Nullable String proposalId, List<Item> items, Instant at, long version)
        implements Row {

    /**
     * One plug instance.
     *
     * @param plug symbolic name, which is also the PID
     * @param name the plug's name in its family
     * @param type the family: {@code Agent}, {@code Tool} ...
     * @param bundle digest of the jar
     * @param bundleVersion its version
     * @param values the configuration, secrets only as references
     * @param placement {@code platform} or {@code jail}
     */
    public record Item(
            String plug,
            String name,
            String type,
            String bundle,
            String bundleVersion,
            Map<String, Object> values,
            String placement) {}
}
