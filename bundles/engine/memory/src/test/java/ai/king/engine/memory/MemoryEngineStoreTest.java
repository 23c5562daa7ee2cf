/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import static ai.king.engine.memory.Setup.PAT;
import static ai.king.engine.memory.Setup.entry;
import static ai.king.engine.memory.Setup.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agents.Memories;
import ai.king.engine.memory.Setup.HeapMemory;
import ai.king.engine.store.TestDatabase;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryEngineStoreTest {

    private static final String LAMPS = Memories.business("b-lamps");

    /** Names that a careless index, file system or statement would take for something else. */
    private static final List<String> HOSTILE = List.of(
            "business:b-1",
            "business:b-10",
            "business:b-1/../b-2",
            "business:b-1%",
            "business:b-_",
            "business:b-1' or '1'='1",
            "business:B-1",
            "business:b-1 ",
            "business:b-1\u0000",
            "business:b-1\n",
            "business:b\u20111",
            "*",
            "/etc/passwd",
            "king:position");

    private static List<String> texts(List<Recalled> recalled) {
        return recalled.stream().map(each -> each.entry().text()).toList();
    }

    private static void fed(Memories memories, String generation) {
        until(() -> memories.indexes().stream()
                .anyMatch(index -> index.generation().equals(generation) && index.current()));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void whatWasRememberedIsFoundByMeaningAtOnceAndByFilter(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            MemoryEngine memories = setup.engine();
            fed(memories, "g1");
            memories.remember(
                    PAT, entry(LAMPS, "the supplier Brightfield delivers late", false, Map.of("about", "supplier")));
            memories.remember(PAT, entry(LAMPS, "blue lamps sell best in autumn", false, Map.of("about", "sales")));
            assertThat(texts(memories.recall(LAMPS, "which supplier delivers late", Map.of(), 1)))
                    .containsExactly("the supplier Brightfield delivers late");
            assertThat(texts(memories.recall(LAMPS, "which supplier delivers late", Map.of("about", "sales"), 5)))
                    .containsExactly("blue lamps sell best in autumn");
            assertThat(texts(memories.recent(LAMPS, Map.of(), 5)))
                    .containsExactly("blue lamps sell best in autumn", "the supplier Brightfield delivers late");
            assertThat(texts(memories.recent(LAMPS, Map.of("about", "supplier"), 5)))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void namespacesNeverLeakWhateverTheyAreCalledAndWhateverThePlugAnswers(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            HeapMemory liar = new HeapMemory() {
                @Override
                public List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
                    return entries.values().stream()
                            .map(each -> new Recalled(
                                    new Entry(each.id(), namespace, "liar", "made up", false, Map.of(), Instant.EPOCH),
                                    1))
                            .toList();
                }
            };
            setup.plugs.put("liar", "g1", liar, Map.of());
            MemoryEngine memories = setup.engine();
            List<String> names = HOSTILE.stream()
                    .filter(name -> kind == TestDatabase.Kind.H2 || !name.contains("\u0000"))
                    .toList();
            for (String name : names) {
                memories.remember(PAT, entry(name, "secret of " + names.indexOf(name), true, Map.of()));
            }
            until(() -> liar.entries.size() > names.size());
            for (String name : names) {
                List<Recalled> found = memories.recall(name, "secret of everybody", Map.of(), 50);
                assertThat(texts(found)).containsExactly("secret of " + names.indexOf(name));
                assertThat(found.get(0).entry().marked()).isTrue();
                assertThat(texts(memories.recent(name, Map.of(), 50)))
                        .containsExactly("secret of " + names.indexOf(name));
                memories.forget(PAT, name, List.of(Shelf.id(LAMPS, "x")));
            }
            String other =
                    memories.recent(names.get(0), Map.of(), 1).get(0).entry().id();
            memories.forget(PAT, names.get(1), List.of(other));
            assertThat(memories.recent(names.get(0), Map.of(), 1)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void nothingAcknowledgedIsLostWithTheIndexOrTheProcess(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            MemoryEngine first = setup.engine();
            for (int i = 0; i < 450; i++) {
                first.remember(PAT, entry(LAMPS, "fact number" + i, false, Map.of()));
            }
            first.close();
            HeapMemory empty = new HeapMemory();
            setup.plugs.put("heap", "g1", empty, Map.of());
            MemoryEngine second = setup.engine();
            fed(second, "g1");
            assertThat(empty.entries.keySet().stream().filter(key -> key.startsWith(LAMPS)))
                    .hasSize(450);
            assertThat(texts(second.recall(LAMPS, "number377", Map.of(), 1))).containsExactly("fact number377");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aPlugThatFailsOrHangsCostsTimeButNoMemory(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            CountDownLatch never = new CountDownLatch(1);
            HeapMemory broken = new HeapMemory();
            setup.plugs.put("broken", "g1", broken, Map.of("king.memory.rank", 1));
            MemoryEngine memories = setup.engine(Map.of("recallSeconds", 1));
            fed(memories, "g1");
            broken.down = true;
            memories.remember(PAT, entry(LAMPS, "remembered while it was down", false, Map.of()));
            assertThat(texts(memories.recall(LAMPS, "remembered while down", Map.of(), 3)))
                    .containsExactly("remembered while it was down");
            assertThat(memories.indexes().get(0).trouble()).contains("network");
            broken.down = false;
            until(() -> broken.entries.keySet().stream().anyMatch(key -> key.startsWith(LAMPS)));
            setup.plugs.put(
                    "hanging",
                    "g1",
                    new HeapMemory() {
                        @Override
                        public List<Recalled> recall(
                                String namespace, float[] vector, Map<String, String> filter, int limit) {
                            if (namespace.equals(LAMPS)) {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                            return super.recall(namespace, vector, filter, limit);
                        }
                    },
                    Map.of("king.memory.rank", 0));
            until(() -> memories.indexes().stream().allMatch(Memories.Index::current));
            assertThat(texts(memories.recall(LAMPS, "remembered while down", Map.of(), 3)))
                    .containsExactly("remembered while it was down");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aNewGenerationIsFilledUnheardAndTakesOverInOneStep(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            HeapMemory old = new HeapMemory();
            HeapMemory fresh = new HeapMemory();
            setup.plugs.put("heap", "g1", old, Map.of());
            MemoryEngine memories = setup.engine();
            fed(memories, "g1");
            for (int i = 0; i < 30; i++) {
                memories.remember(PAT, entry(LAMPS, "fact number" + i, false, Map.of()));
            }
            setup.plugs.put("heap", "g2", fresh, Map.of());
            fed(memories, "g2");
            memories.remember(PAT, entry(LAMPS, "the last one before", false, Map.of()));
            assertThat(memories.recall(LAMPS, "the last one before", Map.of(), 1))
                    .hasSize(1);
            assertThat(fresh.asked).doesNotContainKey(LAMPS);
            until(() -> fresh.entries.keySet().stream()
                            .filter(key -> key.startsWith(LAMPS))
                            .count()
                    == 31);
            setup.plugs.direct("heap", "g2");
            int before = old.asked.get(LAMPS);
            assertThat(texts(memories.recall(LAMPS, "fact number7", Map.of(), 1)))
                    .containsExactly("fact number7");
            assertThat(fresh.asked).containsEntry(LAMPS, 1);
            assertThat(old.asked).containsEntry(LAMPS, before);
            setup.plugs.remove("heap", "g1");
            assertThat(texts(memories.recall(LAMPS, "number29", Map.of(), 1))).containsExactly("fact number29");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void theSameKeyIsOneEntryAndWhatIsForgottenIsGone(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            HeapMemory heap = new HeapMemory();
            setup.plugs.put("heap", "g1", heap, Map.of());
            MemoryEngine memories = setup.engine();
            String id = memories.remember(PAT, entry(LAMPS, "said once", false, Map.of()));
            assertThat(memories.remember(PAT, entry(LAMPS, "said once", true, Map.of())))
                    .isEqualTo(id);
            until(() -> heap.entries.keySet().stream().anyMatch(key -> key.startsWith(LAMPS)));
            assertThat(memories.recent(LAMPS, Map.of(), 10)).hasSize(1);
            memories.forget(PAT, LAMPS, List.of(id, "never there"));
            assertThat(memories.recall(LAMPS, "said once", Map.of(), 10)).isEmpty();
            until(() -> heap.entries.keySet().stream().noneMatch(key -> key.startsWith(LAMPS)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void withoutAnEmbedderEntriesWaitForTheirVectors(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.words.embeds = false;
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            MemoryEngine memories = setup.engine(Map.of("lookSeconds", 1));
            memories.remember(PAT, entry(LAMPS, "written on a bare machine", false, Map.of()));
            assertThat(memories.recall(LAMPS, "bare machine", Map.of(), 3)).isEmpty();
            assertThat(memories.recent(LAMPS, Map.of(), 3)).hasSize(1);
            setup.words.embeds = true;
            until(() -> memories.recall(LAMPS, "bare machine", Map.of(), 3).size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void anotherEmbeddingModelEmbedsWhatIsThereAgain(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            MemoryEngine memories = setup.engine(Map.of("lookSeconds", 1));
            memories.remember(PAT, entry(LAMPS, "written with the old model", false, Map.of()));
            until(() -> memories.recall(LAMPS, "old model", Map.of(), 3).size() == 1);
            until(() -> setup.database
                            .store()
                            .read(reader -> reader.count(ai.king.store.Query.of(ai.king.agents.Memory.class)))
                    == 1);
            memories.close();
            setup.words.dimension = 128;
            MemoryEngine later = setup.engine(Map.of("lookSeconds", 1));
            until(() -> later.recall(LAMPS, "the old model", Map.of(), 3).size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void whatOneNodeRemembersAnotherFindsInItsOwnIndex(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            Setup.Switchboard others = new Setup.Switchboard();
            HeapMemory there = new HeapMemory();
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            others.put("heap", "g1", there, Map.of());
            MemoryEngine here = setup.engine();
            MemoryEngine other = setup.engine("node-b", others, Map.of());
            fed(here, "g1");
            fed(other, "g1");
            String id = here.remember(PAT, entry(LAMPS, "said on the first node", false, Map.of()));
            until(() ->
                    other.recall(LAMPS, "said on the first node", Map.of(), 1).size() == 1);
            assertThat(there.asked).containsKey(LAMPS);
            other.forget(PAT, LAMPS, List.of(id));
            assertThat(here.recall(LAMPS, "said on the first node", Map.of(), 1))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void anIndexThatNodesShareGetsEachEntryFromTheNodeThatWroteIt(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            AtomicInteger writes = new AtomicInteger();
            HeapMemory shared = new HeapMemory() {
                @Override
                public void remember(Entry entry, float[] vector) {
                    if (entry.namespace().equals(LAMPS)) {
                        writes.incrementAndGet();
                    }
                    super.remember(entry, vector);
                }
            };
            Setup.Switchboard others = new Setup.Switchboard();
            Map<String, Object> properties = Map.of("king.memory.shared", true);
            setup.plugs.put("far", "g1", shared, properties);
            others.put("far", "g1", shared, properties);
            MemoryEngine here = setup.engine();
            MemoryEngine other = setup.engine("node-b", others, Map.of());
            fed(here, "g1");
            fed(other, "g1");
            for (int i = 0; i < 20; i++) {
                (i % 2 == 0 ? here : other).remember(PAT, entry(LAMPS, "fact number" + i, false, Map.of()));
            }
            until(() -> shared.entries.keySet().stream()
                            .filter(key -> key.startsWith(LAMPS))
                            .count()
                    == 20);
            assertThat(here.recall(LAMPS, "number7", Map.of(), 20)).hasSize(20);
            assertThat(writes).hasValue(20);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void refusesBlankAndEndlessTexts(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            MemoryEngine memories = setup.engine();
            assertThatThrownBy(() -> memories.remember(PAT, entry(LAMPS, " ")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memories.remember(PAT, entry("x".repeat(201), "text")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memories.recall("", "text", Map.of(), 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
