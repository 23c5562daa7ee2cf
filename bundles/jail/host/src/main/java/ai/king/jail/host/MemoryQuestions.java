/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.ApiTypes;
import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Of {@link ai.king.kit.MemoryContract} what needs no network: all of its shape where the store is here. */
public final class MemoryQuestions {

    private static final Entry ENTRY =
            new Entry("id-1", "n", "pat", "line one\nline two", true, Map.of("k", "v"), Instant.EPOCH);
    private static final float[] VECTOR = {1, 2, 3};

    private final MemoryStore memory = Candidate.plug(MemoryStore.class);

    @Test
    void saysWhatItMissesWithoutAskingAnybody() {
        assertThat(memory.missing()).doesNotContain("");
        assertThat(ApiTypes.foreign(memory.missing())).isEmpty();
    }

    @Test
    void remembersRecallsAndForgets() {
        Assumptions.assumeTrue(Candidate.needsNoNetwork() && memory.missing().isEmpty(), "its store is elsewhere");
        memory.remember(ENTRY, VECTOR);
        List<Recalled> found = memory.recall("n", VECTOR, Map.of("k", "v"), 5);
        assertThat(found).extracting(Recalled::entry).containsExactly(ENTRY);
        assertThat(ApiTypes.foreign(found)).isEmpty();
        assertThat(memory.recall("another", VECTOR, Map.of(), 5)).isEmpty();
        memory.forget("n", List.of("id-1", "never"));
        assertThat(memory.recall("n", VECTOR, Map.of(), 5)).isEmpty();
    }
}
