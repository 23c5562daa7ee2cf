/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.access.Users;
import ai.king.engine.inference.InferenceEngine;
import ai.king.engine.store.TestDatabase;
import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** How often a replica's cache knows how a prompt begins: routed by the engine, beside the same prompts in turn. */
final class PrefixMeasure implements Measure {

    private static final int CALLS = 2000;
    private static final int CONVERSATIONS = 120;
    private static final int AGENTS = 7;
    private static final int TURNS = 16;
    private static final int WORDS = 120;
    private static final double LIMIT = 2;

    @Override
    public String name() {
        return "prefixes";
    }

    @Override
    public List<Line> take(Setting setting) {
        double[] ours = new double[setting.rounds()];
        double[] theirs = new double[setting.rounds()];
        double[] ratios = new double[setting.rounds()];
        double[] busiest = new double[setting.rounds()];
        for (int round = 0; round < setting.rounds(); round++) {
            Replicas affine = new Replicas();
            Replicas turns = new Replicas();
            serve(setting, round, affine, turns);
            ours[round] = affine.hits();
            theirs[round] = turns.hits();
            ratios[round] = ours[round] / theirs[round];
            busiest[round] = affine.busiest();
            setting.note("round " + round + " hits " + ours[round] + " % round robin " + theirs[round] + " % busiest "
                    + busiest[round] + " %");
        }
        double ratio = Series.middle(ratios);
        return List.of(new Line(
                "prefix blocks found in the caches of 4 replicas",
                percent(ours) + ", the busiest replica has " + percent(busiest) + " of the calls",
                percent(theirs) + " round robin",
                Series.times(ratio),
                "at least " + Series.times(LIMIT),
                ratio >= LIMIT,
                "the size of the caches: a conversation that comes back late is forgotten"));
    }

    private static String percent(double[] rounds) {
        return String.format(Locale.ROOT, "%.1f %%", Series.middle(rounds));
    }

    /** The same prompts to both: by the engine, and each replica in turn. */
    private static void serve(Setting setting, int seed, Replicas affine, Replicas turns) {
        try (TestDatabase database = TestDatabase.h2()) {
            InferenceEngine engine = engine(setting, database.store(), affine);
            try {
                Random random = new Random(seed);
                int[] lengths = new int[CONVERSATIONS];
                for (int call = 0; call < CALLS; call++) {
                    int number = random.nextInt(CONVERSATIONS);
                    lengths[number] = lengths[number] % TURNS + 1;
                    Prompt prompt = conversation(number, lengths[number]);
                    Reply reply = engine.chat(
                            prompt,
                            new Inferences.Need("goal-" + number, "LOW", false, Optional.empty()),
                            Listener.none());
                    if (!(reply instanceof Reply.Answer)) {
                        throw new IllegalStateException("no answer: " + reply);
                    }
                    turns.serve(call % Replicas.COUNT, prompt);
                }
            } finally {
                Engines.stop(engine);
            }
        }
    }

    private static InferenceEngine engine(Setting setting, Store store, Replicas replicas) {
        return Engines.of(
                InferenceEngine.class,
                Map.of("budget_tokens", Long.MAX_VALUE / 2),
                replicas,
                Engines.unheard(),
                Engines.gate(setting.home().resolve("config/risk_profiles.yaml"), store, Engines.nothing(Users.class)),
                store);
    }

    /** Begins with the rules of one of the agents; the turns are the same whenever it comes back. */
    private static Prompt conversation(int number, int turns) {
        Random words = new Random(number);
        List<Message> messages = new ArrayList<>();
        messages.add(
                Message.of(Message.Role.SYSTEM, "You are agent " + number % AGENTS + ". " + "Rules. ".repeat(100)));
        for (int i = 0; i < turns; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < WORDS; word++) {
                text.append(Integer.toString(words.nextInt(), 36)).append(' ');
            }
            messages.add(Message.of(i % 2 == 0 ? Message.Role.USER : Message.Role.ASSISTANT, text.toString()));
        }
        return new Prompt(Optional.empty(), messages, List.of(), 0, OptionalInt.empty());
    }
}
