/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an index is, kept in the index itself: an index that was emptied, restored or made anew says so by what it holds.
 * Each node has its own, for each feeds what it heard.
 */
final class Marker {

    static final String NAMESPACE = "king:position";
    private static final String POSITION = "position";
    /** Events are kept for seven days; what is older than this is made again from the rows. */
    private static final Duration GOOD_FOR = Duration.ofDays(6);

    private final String node;

    Marker(String node) {
        this.node = node;
    }

    /** The position, when it was written lately enough for the events after it to be there. */
    OptionalLong read(MemoryStore plug, int dimension, Instant now) {
        return plug.recall(NAMESPACE, Vectors.first(dimension), Map.of("node", node), 1).stream()
                .map(Recalled::entry)
                .filter(entry ->
                        entry.namespace().equals(NAMESPACE) && entry.id().equals(node))
                .filter(entry -> entry.at().isAfter(now.minus(GOOD_FOR)))
                .map(Marker::position)
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static Optional<Long> position(Entry entry) {
        String text = entry.attributes().getOrDefault(POSITION, "");
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    void write(MemoryStore plug, int dimension, long position, Instant now) {
        plug.remember(
                new Entry(
                        node,
                        NAMESPACE,
                        "memory",
                        POSITION,
                        false,
                        Map.of("node", node, POSITION, Long.toString(position)),
                        now),
                Vectors.first(dimension));
    }
}
