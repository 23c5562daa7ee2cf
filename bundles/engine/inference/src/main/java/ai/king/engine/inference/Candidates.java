/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.InferenceBackend;
import ai.king.plug.Generation;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The backends there are, how they stand, and how many calls this node has under way at each. */
final class Candidates {

    /** What lists and embeddings are leased by: they belong to no goal. */
    static final RouteKey NO_GOAL = RouteKey.of("inference");

    private final Plugs plugs;
    private final Statuses statuses;
    private final Breakers breakers;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    Candidates(Plugs plugs, Clock clock, Executor behind, Breakers breakers) {
        this.plugs = plugs;
        this.breakers = breakers;
        statuses = new Statuses(plugs, clock, NO_GOAL, behind);
    }

    List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        for (Generation generation : plugs.current(InferenceBackend.class)) {
            statuses.of(generation)
                    .ifPresent(status -> all.add(new Candidate(
                            generation, status, calls(generation.name()).get())));
        }
        return all;
    }

    /** Counts the calls under way at a backend. */
    AtomicInteger calls(String backend) {
        return calls.computeIfAbsent(backend, name -> new AtomicInteger());
    }

    /** Whether a call is worth trying. */
    boolean hopeful(Candidate candidate) {
        return candidate.status().healthy() && breakers.of(candidate.name()).hopeful();
    }

    /** {@code UP}, {@code DOWN} or {@code HALF_OPEN}. */
    String state(Candidate candidate) {
        if (!hopeful(candidate)) {
            return "DOWN";
        }
        return breakers.of(candidate.name()).trying() ? "HALF_OPEN" : "UP";
    }
}
