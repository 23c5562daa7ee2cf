/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.BackendStatus;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.plug.Generation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixesTest {

    private static final int REPLICAS = 4;
    private static final int BLOCKS = 1000;

    /** Four replicas as a router sees them; each keeps the blocks it used last, as a GPU does: not those of all. */
    private static final class Fleet {
        private final Prefixes prefixes = new Prefixes();
        private final Order order = new Order(prefixes);
        private final List<Map<Long, Boolean>> caches = IntStream.range(0, REPLICAS)
                .mapToObj(i -> (Map<Long, Boolean>) new LinkedHashMap<Long, Boolean>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                        return size() > BLOCKS;
                    }
                })
                .toList();
        private final int[] served = new int[REPLICAS];
        private long hits;

        int choose(Prompt prompt, int[] busy) {
            List<Candidate> candidates = IntStream.range(0, REPLICAS)
                    .mapToObj(i -> candidate("r" + i, busy[i]))
                    .toList();
            String first = order.of(candidates, Candidate.BY_COST, Prefixes.marks(prompt))
                    .get(0)
                    .name();
            return Integer.parseInt(first.substring(1));
        }

        void serve(int replica, Prompt prompt) {
            List<Long> marks = Prefixes.marks(prompt);
            prefixes.note("r" + replica, marks);
            Map<Long, Boolean> cache = caches.get(replica);
            int known = 0;
            while (known < marks.size() && cache.containsKey(marks.get(known))) {
                known++;
            }
            hits += known;
            marks.forEach(mark -> cache.put(mark, true));
            served[replica]++;
        }
    }

    private static Candidate candidate(String name, int calls) {
        BackendStatus well = new BackendStatus(true, true, false, List.of("m"), OptionalDouble.empty(), "well");
        return new Candidate(new Generation("g", "InferenceBackend", name, "x", "1", 1, Map.of()), well, calls);
    }

    private static Prompt conversation(int number, int turns) {
        Random words = new Random(number);
        List<Message> messages = new ArrayList<>();
        messages.add(Message.of(Message.Role.SYSTEM, "You are agent " + number % 7 + ". " + "Rules. ".repeat(100)));
        for (int i = 0; i < turns; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 120; w++) {
                text.append(Integer.toString(words.nextInt(), 36)).append(' ');
            }
            messages.add(Message.of(i % 2 == 0 ? Message.Role.USER : Message.Role.ASSISTANT, text.toString()));
        }
        return new Prompt(Optional.empty(), messages, List.of(), 0, OptionalInt.empty());
    }

    @Test
    void hitsTheCachesOfFourReplicasAtLeastTwiceAsOftenAsRoundRobin() {
        Fleet affine = new Fleet();
        Fleet round = new Fleet();
        Random random = new Random(5);
        List<Integer> turns =
                new ArrayList<>(IntStream.range(0, 120).mapToObj(i -> 0).toList());
        for (int call = 0; call < 2000; call++) {
            int number = random.nextInt(turns.size());
            turns.set(number, turns.get(number) % 16 + 1);
            Prompt prompt = conversation(number, turns.get(number));
            int[] busy = new int[REPLICAS];
            busy[random.nextInt(REPLICAS)] = random.nextInt(2);
            affine.serve(affine.choose(prompt, busy), prompt);
            round.serve(call % REPLICAS, prompt);
        }
        assertThat(affine.hits).as("round robin: %s", round.hits).isGreaterThanOrEqualTo(2 * round.hits);
        assertThat(IntStream.of(affine.served).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(200, 1000));
    }

    @Test
    void leavesAReplicaThatIsMuchBusierThanTheOthers() {
        Fleet fleet = new Fleet();
        Prompt prompt = conversation(1, 4);
        fleet.serve(2, prompt);
        assertThat(fleet.choose(prompt, new int[] {1, 1, 2, 1})).isEqualTo(2);
        assertThat(fleet.choose(prompt, new int[] {1, 1, 9, 1})).isNotEqualTo(2);
    }

    @Test
    void knowsAPromptByItsBeginningOnly() {
        Prefixes prefixes = new Prefixes();
        prefixes.note("a", Prefixes.marks(conversation(1, 3)));
        assertThat(prefixes.known("a", Prefixes.marks(conversation(1, 9))))
                .isGreaterThan(prefixes.known("a", Prefixes.marks(conversation(8, 3))));
        assertThat(prefixes.known("b", Prefixes.marks(conversation(1, 3)))).isZero();
    }
}
