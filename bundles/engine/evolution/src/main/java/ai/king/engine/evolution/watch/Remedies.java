/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks for what can help in what the store, the releases and the plugs' own options say, and nowhere else. */
public final class Remedies {

    private final Facts facts;
    private final List<Release> releases;
    private final Function<String, PlugJar> jars;
    private final Before before;
    private final Models models;
    private final Sources sources;

    /**
     * Looks in these.
     *
     * @param releases the permanent one first, then its parents
     * @param sources the source of a bundle, by its digest; empty for what came as a bundle
     */
    public Remedies(
            Facts facts,
            List<Release> releases,
            Function<String, PlugJar> jars,
            Function<String, Optional<Map<String, String>>> sources,
            Symptom.Limits limits,
            Reckoning reckoning) {
        this.facts = facts;
        this.releases = releases;
        this.jars = jars;
        before = new Before(releases, limits, reckoning);
        models = new Models(facts.models(), releases.get(0).items(), jars, limits.samples());
        this.sources =
                new Sources(sources, releases.get(0).items(), !facts.models().isEmpty());
    }

    public Remedy of(Symptom symptom) {
        return switch (symptom.metric()) {
            case MISSING_SKILL -> new Remedy.Write(symptom.subject());
            case TIMED_OUT -> first(
                    Patience.longer(symptom, releases.get(0).items(), jars), back(symptom), sources.rewritten(symptom));
            case SLOW -> first(back(symptom), models.faster(symptom), sources.rewritten(symptom));
            case FAILED_TRIES, TOKENS -> first(back(symptom), sources.rewritten(symptom));
            case REFUSED -> new None("what people refuse is decided by no option");
        };
    }

    private Remedy back(Symptom symptom) {
        return before.back(symptom, facts.deeds());
    }

    /** The gentlest that there is; why there is none of each else. */
    private static Remedy first(Remedy... inOrder) {
        return Arrays.stream(inOrder)
                .filter(remedy -> !(remedy instanceof None))
                .findFirst()
                .orElseGet(() -> new None(Arrays.stream(inOrder)
                        .map(remedy -> ((None) remedy).why())
                        .collect(Collectors.joining("; "))));
    }
}
