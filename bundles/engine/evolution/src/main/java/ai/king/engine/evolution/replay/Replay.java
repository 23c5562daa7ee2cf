/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agents.Rehearsals;
import ai.king.engine.evolution.check.Answer;
import ai.king.evolution.Jail;
import ai.king.evolution.Jail.Resident;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets two versions of an agent do the same recorded work, both in the jail and one after the other, so that neither has the
 * machine or its memory more than the other. Bounded by a number of steps and by time.
 */
public final class Replay {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    private final Rehearsals rehearsals;
    private final Jail jail;
    private final Duration time;

    /** @param time for both together */
    public Replay(Rehearsals rehearsals, Jail jail, Duration time) {
        this.rehearsals = rehearsals;
        this.jail = jail;
        this.time = time;
    }

    /** An agent as it runs or would run. */
    public record Version(Path bundle, Map<String, Object> values, String name) {}

    public Answer of(List<Recording> recordings, Version running, Version candidate) {
        long half = time.toNanos() / 2;
        List<Take> old = takes(recordings, running, half);
        List<Take> fresh = takes(recordings.subList(0, old.size()), candidate, half);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            pairs.add(new Pair(recordings.get(i), old.get(i), fresh.get(i)));
        }
        if (pairs.isEmpty()) {
            return Answer.notAssessed(candidate.name() + ": the jail had no time for even one recorded step");
        }
        return new Comparison(candidate.name(), pairs, recordings.size() - pairs.size()).answer();
    }

    private List<Take> takes(List<Recording> recordings, Version version, long nanos) {
        List<Take> takes = new ArrayList<>();
        try (Resident resident = jail.house(version.bundle(), version.values(), version.name())) {
            if (!recordings.isEmpty()) {
                // The first one starts its host and loads its classes: its time would say nothing.
                Take.of(rehearsals, resident.agent(), recordings.get(0), LONGEST_STEP);
            }
            long end = System.nanoTime() + nanos;
            for (Recording recording : recordings) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                Duration most = Duration.ofNanos(Math.min(left, LONGEST_STEP.toNanos()));
                takes.add(Take.of(rehearsals, resident.agent(), recording, most));
            }
        }
        return takes;
    }
}
