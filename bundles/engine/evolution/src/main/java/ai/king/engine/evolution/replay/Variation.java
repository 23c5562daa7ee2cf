/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import java.util.ArrayList;
import java.util.List;

/** What two versions do with variants of recorded work: only where they part is told. */
record Variation(List<Pair> pairs) {

    private static final int MOST_ROWS = 8;

    /** Whether they did the same with all of them. */
    boolean same() {
        return parted().isEmpty();
    }

    private List<Pair> parted() {
        return pairs.stream().filter(pair -> !pair.alike()).toList();
    }

    List<String> lines() {
        List<Pair> parted = parted();
        List<String> lines = new ArrayList<>();
        lines.add(pairs.size() + " variants of them, with other words, input and actions: "
                + (parted.isEmpty() ? "the same from both" : parted.size() + " go another way"));
        parted.stream()
                .limit(MOST_ROWS)
                .forEach(pair -> lines.add("variant " + pair.recording().task().action() + " "
                        + pair.recording().task().input() + " \""
                        + pair.recording().task().goal() + "\" | "
                        + pair.parting()));
        return lines;
    }
}
