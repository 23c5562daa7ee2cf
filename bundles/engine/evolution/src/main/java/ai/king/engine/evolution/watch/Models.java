/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Remedy.Configure;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Whether a slow agent waits for a model while another one of the release, of the same tier and for the same money, answers
 * twice as fast: then that one can be asked first.
 */
final class Models {

    private static final String RANK = "king.backend.rank";

    private final List<ModelCall> calls;
    private final List<Item> backends;
    private final Function<String, PlugJar> jars;
    private final int least;

    Models(List<ModelCall> calls, List<Item> items, Function<String, PlugJar> jars, int least) {
        this.calls = calls;
        backends = items.stream()
                .filter(item -> item.type().equals("InferenceBackend"))
                .toList();
        this.jars = jars;
        this.least = least;
    }

    /** One model with the backend that serves it. */
    private record Served(String model, Item backend, long millis, int calls) {}

    Remedy faster(Symptom symptom) {
        String agent = symptom.subject();
        List<ModelCall> own =
                calls.stream().filter(call -> call.agent().equals(agent)).toList();
        Optional<Served> used = served(own).stream()
                .max((one, other) -> Long.compare(one.millis() * one.calls(), other.millis() * other.calls()));
        if (used.isEmpty()) {
            return new None("too few of its steps asked a model whose backend is known");
        }
        long steps = own.stream()
                .filter(call -> call.model().equals(used.get().model()))
                .map(ModelCall::stepId)
                .distinct()
                .count();
        long waits = used.get().millis() * used.get().calls() / Math.max(1, steps);
        if (2 * waits < symptom.measure().value().longValue()) {
            return new None("models take less than half of its time");
        }
        return served(calls).stream()
                .filter(other -> goesBefore(other, used.get()))
                .min((one, other) -> Long.compare(one.millis(), other.millis()))
                .<Remedy>map(other -> preferred(agent, used.get(), other))
                .orElseGet(() -> new None("no backend of the same tier and cost answered twice as fast as "
                        + used.get().backend().name()));
    }

    /** Models that were asked often enough, each served by exactly one backend of the release. */
    private List<Served> served(List<ModelCall> among) {
        List<Served> served = new ArrayList<>();
        for (String model :
                among.stream().map(ModelCall::model).distinct().sorted().toList()) {
            List<Long> times = among.stream()
                    .filter(call -> call.model().equals(model))
                    .map(ModelCall::millis)
                    .sorted()
                    .toList();
            List<Item> serving = backends.stream()
                    .filter(item -> Options.text(item, "model", jars)
                            .filter(model::equals)
                            .isPresent())
                    .toList();
            if (times.size() >= least && serving.size() == 1) {
                served.add(new Served(model, serving.get(0), times.get(times.size() / 2), times.size()));
            }
        }
        return served;
    }

    private boolean goesBefore(Served other, Served used) {
        return 2 * other.millis() <= used.millis()
                && rank(used.backend()).isPresent()
                && rank(other.backend()).isPresent()
                && rank(used.backend()).getAsDouble() <= rank(other.backend()).getAsDouble()
                && same("king.backend.cost", used.backend(), other.backend())
                && same("king.backend.tier", used.backend(), other.backend());
    }

    private boolean same(String option, Item one, Item other) {
        return Options.text(one, option, jars).isPresent()
                && Options.text(one, option, jars).equals(Options.text(other, option, jars));
    }

    private OptionalDouble rank(Item backend) {
        return Options.number(backend, RANK, jars);
    }

    private Remedy preferred(String agent, Served used, Served other) {
        long was = (long) rank(used.backend()).orElseThrow();
        long becomes = (long) rank(other.backend()).orElseThrow() + 1;
        return new Configure(
                used.backend(),
                Map.of(RANK, becomes),
                RANK + " " + becomes + " instead of " + was,
                agent + " waits for " + used.backend().name() + ": half of its " + used.calls()
                        + " calls took more than "
                        + used.millis() + " ms; of " + other.calls() + " calls half had an answer of "
                        + other.backend().name() + " within " + other.millis()
                        + " ms, at the same tier and cost. Its steps take less time when that one is asked first, as it"
                        + " then is by all.");
    }
}
