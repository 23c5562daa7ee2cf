/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.store.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One remembered thing as it is stored. The store is what counts: what a memory plug holds is an index of these rows.
 *
 * @param namespace {@link Memories#business(String)} or {@link Memories#goal(String)}
 * @param writer the agent, person or engine who wrote it
 * @param marked true when the text came from outside or derives from such text
 * @param vector 32-bit floats, little endian, in Base64; null while nothing embeds
 * @param summary id of the summary that holds it; null while it is in none
 */
public record Memory(
        String id,
        String namespace,
        Kind kind,
        String writer,
        String text,
        boolean marked,
        Map<String, String> attributes,
        @Nullable String vector,
        @Nullable String summary,
        Instant at,
        long version)
        implements Row {

    /** What it is. */
    public enum Kind {
        ENTRY,
        SUMMARY
    }
}
