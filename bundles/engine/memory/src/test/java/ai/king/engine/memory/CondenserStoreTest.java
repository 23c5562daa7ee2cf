/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import static ai.king.engine.memory.Setup.PAT;
import static ai.king.engine.memory.Setup.entry;
import static ai.king.engine.memory.Setup.until;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agents.Memories;
import ai.king.engine.memory.Setup.HeapMemory;
import ai.king.engine.store.TestDatabase;
import ai.king.memory.Recalled;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CondenserStoreTest {

    private static final String LAMPS = Memories.business("b-lamps");
    private static final Map<String, Object> SMALL = Map.of("recent", 5, "batch", 10, "lookSeconds", 1);

    private static void fill(MemoryEngine memories, int from, int to, boolean marked) {
        for (int i = from; i < to; i++) {
            memories.remember(PAT, entry(LAMPS, "order " + i + " came late", marked, Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void olderEntriesAreCondensedAndStillFoundThemselves(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            setup.words.model = prompt -> "Orders 0 to 9 came late.";
            MemoryEngine memories = setup.engine(SMALL);
            fill(memories, 0, 15, false);
            until(() -> !memories.summaries(LAMPS, 5).isEmpty());
            Recalled summary = memories.summaries(LAMPS, 5).get(0);
            assertThat(summary.entry().text()).isEqualTo("Orders 0 to 9 came late.");
            assertThat(summary.entry().marked()).isFalse();
            assertThat(summary.entry().attributes()).containsEntry("entries", "10");
            assertThat(memories.recent(LAMPS, Map.of(), 50)).hasSize(15);
            assertThat(memories.recall(LAMPS, "order 3", Map.of(), 15))
                    .extracting(found -> found.entry().text())
                    .contains("order 3 came late");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void oneMarkedEntryMarksTheSummary(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.words.model = prompt -> "Some orders came late.";
            MemoryEngine memories = setup.engine(SMALL);
            fill(memories, 0, 3, false);
            fill(memories, 3, 4, true);
            fill(memories, 4, 15, false);
            until(() -> !memories.summaries(LAMPS, 5).isEmpty());
            assertThat(memories.summaries(LAMPS, 5).get(0).entry().marked()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aModelThatMakesNumbersUpOrIsAbsentLeavesTheEntriesAsTheyAre(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            AtomicInteger asked = new AtomicInteger();
            MemoryEngine memories = setup.engine(SMALL);
            fill(memories, 0, 15, false);
            setup.words.model = prompt -> {
                asked.incrementAndGet();
                return "Revenue rose to 4711.";
            };
            until(() -> asked.get() > 0);
            setup.words.model = null;
            assertThat(memories.summaries(LAMPS, 5)).isEmpty();
            assertThat(memories.recent(LAMPS, Map.of(), 50)).hasSize(15);
            assertThat(List.copyOf(memories.recent(LAMPS, Map.of(), 50)))
                    .noneMatch(found -> found.entry().text().contains("4711"));
        }
    }
}
