/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.engine.evolution.replay.Pair.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the running version can go on from what the new one writes: after a roll-back it meets goals of which the new one has
 * done some steps. What both write alike needs no proof; where they part, the running version does the steps that build on it
 * once more, on what the new one wrote.
 *
 * @param pairs such steps, the running version on its own words and on the new one's
 * @param parted whether the two wrote anything differently
 */
record Readback(List<Pair> pairs, boolean parted) {

    /** The recorded steps that build on a step of which the new version wrote another answer, with that answer. */
    static List<Recording> onOthersWords(List<Pair> pairs) {
        List<Recording> found = new ArrayList<>();
        for (Pair reader : pairs) {
            Map<String, Map<String, Object>> results =
                    new HashMap<>(reader.recording().task().results());
            boolean others = false;
            for (Pair writer : pairs) {
                String name = writer.recording().step().name();
                boolean before = reader.recording()
                                .goal()
                                .id()
                                .equals(writer.recording().goal().id())
                        && reader.recording().step().dependsOn().contains(name);
                if (before && parts(writer) && writer.fresh().outcome() instanceof Outcome.Done done) {
                    results.put(name, done.data());
                    others = true;
                }
            }
            if (others) {
                found.add(on(reader.recording(), results));
            }
        }
        return found;
    }

    private static Recording on(Recording recording, Map<String, Map<String, Object>> results) {
        Task task = recording.task();
        Task other = new Task(task.id(), task.action(), task.goal(), task.input(), results, task.documents());
        return new Recording(recording.goal(), recording.step(), other, recording.calls());
    }

    static boolean parts(Pair pair) {
        return pair.kind() == Kind.DIFFERENT;
    }

    /** Whether a roll-back would leave a goal that the running version cannot go on with. */
    boolean broken() {
        return pairs.stream().anyMatch(pair -> pair.kind() == Kind.FAILS);
    }

    List<String> lines() {
        if (!parted) {
            return List.of("it writes what the running version writes, which can go on from it after a roll-back");
        }
        if (pairs.isEmpty()) {
            return List.of("no recorded step of the running version builds on what the new one writes otherwise");
        }
        List<String> lines = new ArrayList<>();
        lines.add(pairs.size() + " steps of the running version on what the new one wrote before them, as after a"
                + " roll-back: "
                + (broken() ? "some fail; keep what the running version reads of an answer" : "none fails"));
        pairs.forEach(
                pair -> lines.add("on its words " + pair.recording().task().action() + " "
                        + pair.recording().step().id() + " | " + pair.told()));
        return lines;
    }
}
