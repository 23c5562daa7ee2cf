/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.memory.Recalled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepMemoryTest {

    private final HeapMemories memories = new HeapMemories();

    private StepMemory memory(HeapJournal journal) {
        return new StepMemory(memories, journal, new Hearing(), "worker");
    }

    @Test
    void theMarkGoesIntoMemoryAndComesBackWithIt() {
        HeapJournal writing = HeapJournal.fresh("worker");
        memory(writing).remember("plain", Map.of("about", "own"));
        writing.mark();
        memory(writing).remember("heard outside", Map.of("about", "others"));

        HeapJournal reading = HeapJournal.fresh("worker");
        List<Recalled> own = memory(reading).recall("what", Map.of("about", "own"), 5);
        assertThat(own).extracting(each -> each.entry().text()).containsExactly("plain");
        assertThat(reading.step().marked()).isFalse();
        assertThat(memory(reading).recall("what", Map.of(), 5)).hasSize(2);
        assertThat(reading.step().marked()).isTrue();
    }

    @Test
    void aStepThatRunsAgainRecallsWhatItRecalled() {
        HeapJournal journal = HeapJournal.fresh("worker");
        memory(journal).remember("said", Map.of());
        memory(journal).remember("said", Map.of());
        assertThat(memories.entries).hasSize(1);
        assertThat(memory(journal).recall("", Map.of(), 5)).hasSize(1);
        assertThat(memories.entries.values()).allMatch(entry -> entry.writer().equals("worker"));
    }
}
