/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a release from node to node. The next one has its turn when the one before runs it and is well; one that is away, or
 * does not get there in time, is gone past and follows when it can. Which nodes were reached stands with the proposal.
 */
public final class Rollout {

    /** The stage of a proposal while it goes from node to node. */
    static final String ROLLING = "ROLLING";

    private static final String REACHED = "reached";
    private static final String REACHED_AT = "reachedAt";
    private static final String OUT = "out";

    private final Nodes nodes;
    private final Pace pace;

    Rollout(Nodes nodes, Pace pace) {
        this.nodes = nodes;
        this.pace = pace;
    }

    /**
     * How fast.
     *
     * @param stay how long a node runs it before the next one takes it
     * @param patience how long a node may take to get there
     */
    record Pace(Duration stay, Duration patience) {}

    /** Whether a node takes part in the trial of a proposal, or runs what was promoted from it. */
    public static boolean reached(Map<String, Object> canary, String node) {
        return Boolean.TRUE.equals(canary.get("wide"))
                || node.equals(canary.get("node"))
                || canary.get(REACHED) instanceof List<?> list && list.contains(node);
    }

    /** Whether this node is the one that moves a promoted release on; another does when it is gone. */
    boolean leads() {
        return nodes.alive().stream()
                .findFirst()
                .map(Node::id)
                .filter(nodes.self()::equals)
                .isPresent();
    }

    /** The figures of a proposal whose release goes from its first node to the others. */
    Map<String, Object> begun(Proposal proposal, int percent, Instant at) {
        Map<String, Object> canary = Canary.stage(proposal, ROLLING, percent, at);
        canary.putIfAbsent(REACHED, List.of(String.valueOf(canary.get("node"))));
        canary.put(REACHED_AT, at.toString());
        return done(canary) ? ended(canary) : canary;
    }

    /** Whether it is on its way from node to node. */
    static boolean rolling(Proposal proposal) {
        return ROLLING.equals(Canary.stored(proposal).get("stage"));
    }

    /** Whether every node was reached. */
    static boolean wide(Map<String, Object> canary) {
        return Boolean.TRUE.equals(canary.get("wide"));
    }

    /** The figures with one more node, or with all; empty while the last one has its time. */
    Optional<Map<String, Object>> next(Proposal proposal, Pointer pointer, Instant now) {
        Map<String, Object> canary = Canary.stored(proposal);
        List<String> reached = reached(canary);
        String last = reached.get(reached.size() - 1);
        Optional<Node> node = node(last);
        if (node.isPresent()) {
            Duration since = Duration.between(Instant.parse(String.valueOf(canary.get(REACHED_AT))), now);
            String lacks = lacks(node.get(), pointer);
            if (since.compareTo(lacks.isEmpty() ? pace.stay() : pace.patience()) < 0) {
                return Optional.empty();
            }
            out(canary, last, lacks);
        } else {
            out(canary, last, "it is away");
        }
        if (done(canary)) {
            return Optional.of(ended(canary));
        }
        reached.add(unreached(canary).get(0));
        canary.put(REACHED, reached);
        canary.put(REACHED_AT, now.toString());
        return Optional.of(canary);
    }

    private boolean done(Map<String, Object> canary) {
        return unreached(canary).isEmpty();
    }

    private static Map<String, Object> ended(Map<String, Object> canary) {
        canary.put("stage", Canary.ALL);
        canary.put("wide", true);
        return canary;
    }

    private List<String> unreached(Map<String, Object> canary) {
        List<String> reached = reached(canary);
        return nodes.alive().stream()
                .map(Node::id)
                .filter(id -> !reached.contains(id))
                .toList();
    }

    private Optional<Node> node(String id) {
        return nodes.alive().stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** Why a node does not run what it should; empty when it does. */
    private static String lacks(Node node, Pointer pointer) {
        Long trial = pointer.trial();
        boolean there = trial == null ? node.applied() == pointer.permanent() : node.trial() == trial;
        String error = trial == null ? node.error() : node.trialError();
        return there ? error : "it does not say that it is there";
    }

    private static void out(Map<String, Object> canary, String node, String why) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (canary.get(OUT) instanceof Map<?, ?> before) {
            before.forEach((id, reason) -> out.put(String.valueOf(id), reason));
        }
        if (why.isEmpty()) {
            out.remove(node);
        } else {
            out.put(node, why);
        }
        if (out.isEmpty()) {
            canary.remove(OUT);
        } else {
            canary.put(OUT, out);
        }
    }

    private static List<String> reached(Map<String, Object> canary) {
        List<String> reached = new ArrayList<>();
        if (canary.get(REACHED) instanceof List<?> list) {
            list.forEach(id -> reached.add(String.valueOf(id)));
        }
        return reached;
    }
}
