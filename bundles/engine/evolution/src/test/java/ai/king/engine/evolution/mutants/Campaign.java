/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import ai.king.evolution.Jail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of mutants.
 *
 * @param seed of the generator
 */
record Campaign(long seed, List<Outcome> outcomes) {

    /** Proposed before the first of them ends: one that must be proposed again waits behind no more than these. */
    private static final int AT_ONCE = 50;

    private static final String ROW = "%-46s %6s %6s %6s %6s %6s%n";

    static Campaign run(Path work, Jail jail, long seed, int bad, int good)
            throws IOException, ReflectiveOperationException {
        List<Reference> references = List.of(Reference.echo(), Reference.written());
        List<Mutant> mutants = new Mutator(references, seed).mutants(bad, good);
        List<Outcome> outcomes = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(work, references, jail)) {
            for (int from = 0; from < mutants.size(); from += AT_ONCE) {
                List<Pipeline.Proposed> proposed = new ArrayList<>();
                for (Mutant mutant : mutants.subList(from, Math.min(from + AT_ONCE, mutants.size()))) {
                    proposed.add(pipeline.propose(mutant));
                }
                for (Pipeline.Proposed one : proposed) {
                    outcomes.add(pipeline.end(one));
                }
            }
        }
        return new Campaign(seed, List.copyOf(outcomes));
    }

    List<Outcome> of(Family family) {
        return outcomes.stream()
                .filter(outcome -> outcome.mutant().family() == family)
                .toList();
    }

    /** How many of each family what stopped, and below what each of them was. */
    String table() {
        StringBuilder table = new StringBuilder("Mutants with the seed " + seed + "\n");
        table.append(row("family", "all", "check", "replay", "canary", "none"));
        for (Family family : Family.values()) {
            List<Outcome> all = of(family);
            table.append(row(
                    family.title(),
                    String.valueOf(all.size()),
                    share(all, Outcome.Stop.CHECK),
                    share(all, Outcome.Stop.REPLAY),
                    share(all, Outcome.Stop.CANARY),
                    share(all, Outcome.Stop.NOTHING)));
        }
        return table.toString();
    }

    /** The table for a program: by family how many there were, and how many of them what stopped. */
    Map<String, Object> figures() {
        Map<String, Object> families = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            List<Outcome> all = of(family);
            Map<String, Object> counts = new LinkedHashMap<>(Map.of("all", all.size()));
            for (Outcome.Stop by : Outcome.Stop.values()) {
                counts.put(by.name(), all.stream().filter(one -> one.by() == by).count());
            }
            families.put(family.title(), counts);
        }
        return Map.of("seed", Long.toString(seed), "families", families);
    }

    /** A line each. */
    String lines() {
        return outcomes.stream()
                .map(one -> one.mutant().no() + " " + one.mutant().family().title() + ", "
                        + one.mutant().of().agent() + ", "
                        + one.mutant().form().getClass().getSimpleName() + ": "
                        + one.mutant().what() + " -> " + one.by() + " "
                        + one.why().lines().limit(3).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining("\n"));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    private static String share(List<Outcome> all, Outcome.Stop by) {
        long count = all.stream().filter(one -> one.by() == by).count();
        return count == 0 ? "-" : Long.toString(count);
    }
}
