/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release;
import java.util.List;
import java.util.function.Function;

/** Looks for what can help in what the store, the releases and the plugs' own options say, and nowhere else. */
public final class Remedies {

    private final Facts facts;
    private final List<Release> releases;
    private final Function<String, PlugJar> jars;
    private final Before before;
    private final Models models;

    /** @param releases the permanent one first, then its parents */
    public Remedies(
            Facts facts,
            List<Release> releases,
            Function<String, PlugJar> jars,
            Symptom.Limits limits,
            Reckoning reckoning) {
        this.facts = facts;
        this.releases = releases;
        this.jars = jars;
        before = new Before(releases, limits, reckoning);
        models = new Models(facts.models(), releases.get(0).items(), jars, limits.samples());
    }

    public Remedy of(Symptom symptom) {
        return switch (symptom.metric()) {
            case MISSING_SKILL -> new Remedy.Write(symptom.subject());
            case TIMED_OUT -> first(Patience.longer(symptom, releases.get(0).items(), jars), back(symptom));
            case SLOW -> first(back(symptom), models.faster(symptom));
            case FAILED_TRIES, TOKENS -> back(symptom);
            case REFUSED -> new None("what people refuse is decided by no option");
        };
    }

    private Remedy back(Symptom symptom) {
        return before.back(symptom, facts.deeds());
    }

    private static Remedy first(Remedy one, Remedy other) {
        if (one instanceof None none && other instanceof None too) {
            return new None(none.why() + "; " + too.why());
        }
        return one instanceof None ? other : one;
    }
}
