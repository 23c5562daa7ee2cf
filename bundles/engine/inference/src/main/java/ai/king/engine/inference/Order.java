/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which backends are asked. Those that cost and count the same are replicas: among them the one that has seen
 * most of how the prompt begins, when that is half of it or more, and as long as it is not much busier than the others.
 */
final class Order {

    private static final double SLACK = 1.25;

    private final Prefixes prefixes;

    Order(Prefixes prefixes) {
        this.prefixes = prefixes;
    }

    List<Candidate> of(List<Candidate> candidates, Comparator<Candidate> rule, List<Long> marks) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(rule.thenComparing(Candidate.BY_LOAD));
        for (int from = 0; from < sorted.size(); ) {
            int to = from + 1;
            while (to < sorted.size() && rule.compare(sorted.get(from), sorted.get(to)) == 0) {
                to++;
            }
            if (to - from > 1) {
                prefer(sorted.subList(from, to), marks);
            }
            from = to;
        }
        return sorted;
    }

    /** Brings the replica to the front that knows most of the prompt, or else the one that has least to do and to keep. */
    private void prefer(List<Candidate> replicas, List<Long> marks) {
        double most = SLACK * (replicas.stream().mapToInt(Candidate::calls).sum() + 1) / replicas.size() + 1;
        Candidate best = replicas.stream()
                .min(Comparator.comparingDouble(Candidate::load)
                        .thenComparingInt(Candidate::calls)
                        .thenComparingInt(replica -> prefixes.size(replica.name())))
                .orElseThrow();
        int known = (marks.size() - 1) / 2;
        for (Candidate replica : replicas) {
            int here =
                    replica.calls() <= most && replica.status().healthy() ? prefixes.known(replica.name(), marks) : 0;
            if (here > known) {
                best = replica;
                known = here;
            }
        }
        replicas.remove(best);
        replicas.add(0, best);
    }
}
