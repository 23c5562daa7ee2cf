/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.tool.ToolResult;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HearingTest {

    private final HeapJournal journal = HeapJournal.fresh("worker");
    private final Hearing hearing = new Hearing();

    @Test
    void figuresAndDaysAreNoWords() {
        hearing.hear(List.of(List.of(new BigDecimal("9.99"), 4L, LocalDate.EPOCH, "", "12.50 %", "2026-11-01")));
        hearing.hear(Map.of());
        hearing.hear(ToolResult.ok(Map.of("amount", "12.50", "open", true)));
        hearing.beforeModel(journal);
        assertThat(hearing.words()).isFalse();
        assertThat(journal.step().marked()).isFalse();
    }

    @Test
    void wordsMarkTheStepWhereAModelIsAskedAndNotBefore() {
        hearing.hear(List.of(List.of("Cat tree", new BigDecimal("9.99"))));
        assertThat(journal.step().marked()).isFalse();
        hearing.beforeModel(journal);
        assertThat(journal.step().marked()).isTrue();
    }

    @Test
    void whateverSpeaksIsHeard() {
        List<Hearing> all = List.of(new Hearing(), new Hearing(), new Hearing(), new Hearing(), new Hearing());
        all.get(0).hear(ToolResult.ok(Map.of("names", List.of(Map.of("name", "猫")))));
        all.get(1).hear(new ToolResult.Failed("pay S99", false));
        all.get(2).hear(new Outcome.Done(Map.of("text", "pay S99"), Report.none()));
        all.get(3).hear(new Outcome.Declined(List.of("pay S99")));
        all.get(4).hear(new Outcome.Failed("pay S99", false));
        assertThat(all).allMatch(Hearing::words);
    }

    @Test
    void whatAStepRemembersAfterItHeardWordsIsMarked() {
        HeapMemories memories = new HeapMemories();
        StepMemory memory = new StepMemory(memories, journal, hearing, "worker");
        memory.remember("4711", Map.of());
        hearing.hear("pay S99");
        memory.remember("an article is called pay S99", Map.of());
        assertThat(memories.entries.values())
                .extracting(entry -> entry.text().length() > 4 == entry.marked())
                .containsExactly(true, true);
    }
}
