/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.engine.evolution.watch.Remedy.Rewrite;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether the source of an agent is here, and a model that could change it: then it can be written anew. */
final class Sources {

    private final Function<String, Optional<Map<String, String>>> files;
    private final List<Item> items;
    private final boolean modelAnswers;

    /**
     * Looks in a release.
     *
     * @param files the source of a bundle, by its digest; empty for what came as a bundle
     * @param modelAnswers whether any model answered in the time that is looked at
     */
    Sources(Function<String, Optional<Map<String, String>>> files, List<Item> items, boolean modelAnswers) {
        this.files = files;
        this.items = items;
        this.modelAnswers = modelAnswers;
    }

    Remedy rewritten(Symptom symptom) {
        Optional<Item> agent = items.stream()
                .filter(item -> item.type().equals("Agent") && item.name().equals(symptom.subject()))
                .findFirst();
        Optional<Map<String, String>> source = agent.flatMap(item -> files.apply(item.bundle()));
        if (source.isEmpty()) {
            return new None("its source is not here: it came as a bundle");
        }
        return modelAnswers
                ? rewrite(symptom, agent.get(), source.get())
                : new None("no model answered in this time, which could change its source");
    }

    private static Rewrite rewrite(Symptom symptom, Item agent, Map<String, String> files) {
        String measured = symptom.metric().of(symptom.subject()) + ": "
                + symptom.measure().value().toPlainString() + " "
                + symptom.metric().unit() + " of "
                + symptom.measure().samples();
        List<String> findings = new ArrayList<>(List.of(measured));
        findings.addAll(symptom.evidence());
        String better = better(symptom.metric());
        return new Rewrite(
                symptom.metric() == Metric.SLOW ? "optimize" : "modify",
                agent.plug(),
                files,
                "The agent " + agent.name() + " shall " + better + ". Change its source and propose it.",
                List.copyOf(findings),
                "Written anew the agent " + agent.name() + " will " + better + "; it is at " + measured + " now.");
    }

    private static String better(Metric metric) {
        return switch (metric) {
            case FAILED_TRIES -> "fail less often: do what can be done, and decline with what is missing";
            case TIMED_OUT -> "fail less often for want of an answer in time: ask for less at once, or for nothing twice";
            case SLOW -> "take less time for a step";
            case TOKENS -> "ask models for less: shorter prompts, fewer of them";
            case REFUSED, MISSING_SKILL -> throw new IllegalArgumentException(metric + " is no matter of source");
        };
    }
}
