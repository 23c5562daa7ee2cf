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
import java.util.stream.Collectors;

/**
 * Lets two versions of an agent do the same recorded work, both in the jail and one after the other, so that neither has the
 * machine or its memory more than the other. Bounded by a number of steps and by time.
 */
public final class Replay {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);
    private static final Duration LONGEST_VARIANT = Duration.ofSeconds(2);
    private static final long MOST_VARYING_NANOS = 5_000_000_000L;

    private final Rehearsals rehearsals;
    private final Jail jail;
    private final Duration time;

    /** @param time for both together; what one reads of the other's words gets half of it once more */
    public Replay(Rehearsals rehearsals, Jail jail, Duration time) {
        this.rehearsals = rehearsals;
        this.jail = jail;
        this.time = time;
    }

    /**
     * An agent as it runs or would run.
     *
     * @param actions that it says it has
     */
    public record Version(Path bundle, Map<String, Object> values, String name, List<String> actions) {}

    /** What a version did with recorded work, and then with variants of it. */
    private record Takes(List<Take> recorded, List<Take> varied) {}

    public Answer of(List<Recording> recordings, Version running, Version candidate) {
        long half = time.toNanos() / 2;
        List<Recording> variants = Variants.of(recordings, candidate.actions());
        Takes old = takes(recordings, variants, running, half);
        Takes fresh = takes(
                recordings.subList(0, old.recorded().size()),
                variants.subList(0, old.varied().size()),
                candidate,
                half);
        List<Pair> pairs = pairs(recordings, old.recorded(), fresh.recorded());
        if (pairs.isEmpty()) {
            return Answer.notAssessed(candidate.name() + ": the jail had no time for even one recorded step");
        }
        Variation variation = new Variation(pairs(variants, old.varied(), fresh.varied()));
        int left = recordings.size() - pairs.size();
        return new Comparison(candidate.name(), pairs, variation, readback(pairs, running, half), left).answer();
    }

    private Readback readback(List<Pair> pairs, Version running, long nanos) {
        boolean parted = pairs.stream().anyMatch(Readback::parts);
        List<Recording> others = Readback.onOthersWords(pairs);
        if (others.isEmpty()) {
            return new Readback(List.of(), parted);
        }
        Map<String, Take> own = pairs.stream()
                .collect(Collectors.toMap(pair -> pair.recording().step().id(), Pair::old));
        List<Take> takes = takes(others, List.of(), running, nanos).recorded();
        List<Take> before =
                others.stream().map(other -> own.get(other.step().id())).toList();
        return new Readback(pairs(others, before, takes), parted);
    }

    private static List<Pair> pairs(List<Recording> recordings, List<Take> old, List<Take> fresh) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            pairs.add(new Pair(recordings.get(i), old.get(i), fresh.get(i)));
        }
        return pairs;
    }

    private Takes takes(List<Recording> recordings, List<Recording> variants, Version version, long nanos) {
        try (Resident resident = jail.house(version.bundle(), version.values(), version.name())) {
            if (!recordings.isEmpty()) {
                // The first one starts its host and loads its classes: its time would say nothing.
                Take.of(rehearsals, resident.agent(), recordings.get(0), LONGEST_STEP);
            }
            long end = System.nanoTime() + nanos;
            List<Take> recorded = takes(recordings, resident, end, LONGEST_STEP);
            // What was really done goes first; variants get what is left, and never much.
            long most = Math.min(end, System.nanoTime() + Math.min(nanos / 4, MOST_VARYING_NANOS));
            return new Takes(recorded, takes(variants, resident, most, LONGEST_VARIANT));
        }
    }

    private List<Take> takes(List<Recording> recordings, Resident resident, long end, Duration longest) {
        List<Take> takes = new ArrayList<>();
        for (Recording recording : recordings) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            Duration most = Duration.ofNanos(Math.min(left, longest.toNanos()));
            takes.add(Take.of(rehearsals, resident.agent(), recording, most));
        }
        return takes;
    }
}
