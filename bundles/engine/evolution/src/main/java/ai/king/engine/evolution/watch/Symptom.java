/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.watch.Metric.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that is worse than it should be.
 *
 * @param badness how many times its limit it is
 * @param evidence errors as they stand in the store, each once
 */
public record Symptom(Metric metric, String subject, Measure measure, double badness, List<String> evidence) {

    private static final int MOST_EVIDENCE = 5;

    /**
     * From where on something is a symptom.
     *
     * @param samples at least
     * @param requests of different goals for one missing skill, at least
     * @param values by metric; a metric without one is never a symptom
     */
    public record Limits(int samples, int requests, Map<Metric, Double> values) {

        public Limits {
            values = Map.copyOf(new EnumMap<>(values));
        }
    }

    /** The worst first. */
    public static List<Symptom> of(List<Deed> deeds, Limits limits) {
        List<Symptom> found = new ArrayList<>();
        limits.values().forEach((metric, limit) -> subjects(deeds, metric, limits)
                .forEach(subject -> metric.measure(deeds, subject)
                        .filter(measure -> measure.samples() >= limits.samples())
                        .filter(measure -> metric == Metric.MISSING_SKILL
                                || measure.value().doubleValue() > limit)
                        .ifPresent(measure -> found.add(new Symptom(
                                metric,
                                subject,
                                measure,
                                measure.value().doubleValue() / limit,
                                evidence(deeds, metric, subject))))));
        found.sort(Comparator.comparing(Symptom::badness)
                .reversed()
                .thenComparing(Symptom::metric)
                .thenComparing(Symptom::subject));
        return List.copyOf(found);
    }

    private static Set<String> subjects(List<Deed> deeds, Metric metric, Limits limits) {
        Set<String> subjects = new TreeSet<>();
        for (Deed deed : deeds) {
            if (metric != Metric.MISSING_SKILL) {
                subjects.add(deed.agent());
            } else if (deed.lacks().isPresent() && requests(deeds, deed.lacks().get()) >= limits.requests()) {
                subjects.add(deed.lacks().get());
            }
        }
        return subjects;
    }

    /** Goals, not steps: one goal that is tried again and again is one wish. */
    private static int requests(List<Deed> deeds, String skill) {
        Set<String> goals = new HashSet<>();
        deeds.stream()
                .filter(deed -> deed.lacks().filter(skill::equals).isPresent())
                .forEach(deed -> goals.add(deed.goalId()));
        return goals.size();
    }

    private static List<String> evidence(List<Deed> deeds, Metric metric, String subject) {
        return deeds.stream()
                .filter(deed -> deed.agent().equals(subject))
                .filter(deed -> metric == Metric.TIMED_OUT ? Metric.timedOut(deed) : deed.failed())
                .map(Deed::error)
                .filter(error -> !error.isBlank())
                .distinct()
                .limit(MOST_EVIDENCE)
                .toList();
    }
}
