/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.Generations;
import ai.king.engine.evolution.Releases;
import ai.king.engine.evolution.Rollout;
import ai.king.engine.evolution.content.Contents;
import ai.king.engine.evolution.node.ReleasedItems.Content;
import ai.king.engine.evolution.node.ReleasedItems.Trial;
import ai.king.engine.evolution.node.Target.OnTrial;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Reader;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the store what a node should run. */
final class Targets {

    /** Releases looked back through for the way back of a plug. */
    private static final int LOOK_BACK = 50;

    private static final int GENERATIONS = 3;

    private Targets() {}

    /** The target for a node; empty before the first release. */
    static Optional<Target> read(Reader reader, String node) {
        return Releases.pointer(reader).flatMap(pointer -> permanent(reader, pointer, node)
                .map(permanent -> target(reader, pointer, permanent, node)));
    }

    /** The one before while the new one is on its way from node to node and has not reached this one. */
    private static Optional<Release> permanent(Reader reader, Pointer pointer, String node) {
        Optional<Release> permanent = Releases.find(reader, pointer.permanent());
        if (pointer.former() == 0) {
            return permanent;
        }
        boolean reached = permanent
                .flatMap(release -> Optional.ofNullable(release.proposalId()))
                .flatMap(id -> reader.find(Proposal.class, id))
                .map(Targets::canary)
                .map(canary -> Rollout.reached(canary, node))
                .orElse(true);
        return reached ? permanent : Releases.find(reader, pointer.former());
    }

    private static Target target(Reader reader, Pointer pointer, Release permanent, String node) {
        Optional<OnTrial> trial = trial(reader, pointer, permanent, node);
        return new Target(permanent.no(), Contents.plugs(permanent.items()), trial, kept(reader, permanent, trial));
    }

    private static Optional<OnTrial> trial(Reader reader, Pointer pointer, Release permanent, String node) {
        Long no = pointer.trial();
        String proposalId = pointer.trialProposal();
        if (no == null || proposalId == null) {
            return Optional.empty();
        }
        Map<String, Object> canary =
                reader.find(Proposal.class, proposalId).map(Targets::canary).orElse(Map.of());
        if (!Rollout.reached(canary, node)) {
            return Optional.empty();
        }
        Set<String> running = new HashSet<>();
        permanent.items().forEach(item -> running.add(Generations.id(item)));
        return Releases.find(reader, no)
                .map(release ->
                        new OnTrial(no, proposalId, Contents.plugs(fresh(release, running)), pointer.trialPercent()));
    }

    private static List<Item> fresh(Release release, Set<String> running) {
        return release.items().stream()
                .filter(item -> !running.contains(Generations.id(item)))
                .toList();
    }

    /** What the releases hold besides plugs. */
    static Content content(Reader reader, Target target) {
        List<Item> permanent =
                Releases.find(reader, target.release()).map(Release::items).orElse(List.of());
        Set<String> running = permanent.stream().map(Generations::id).collect(Collectors.toSet());
        return new Content(permanent, target.trial().flatMap(on -> Releases.find(reader, on.release())
                .map(release -> new Trial(on.proposal(), on.percent(), release.items(), fresh(release, running)))));
    }

    private static Map<String, Object> canary(Proposal proposal) {
        Map<String, Object> canary = proposal.canary();
        return canary == null ? Map.of() : canary;
    }

    /** For each plug the generation before the present one, and those that unfinished steps made effects with. */
    private static List<Item> kept(Reader reader, Release permanent, Optional<OnTrial> trial) {
        Map<String, Integer> count = new HashMap<>();
        Map<String, Item> kept = new HashMap<>();
        Contents.plugs(permanent.items()).forEach(item -> count.merge(Generations.key(item), 1, Integer::sum));
        trial.ifPresent(on -> on.items().forEach(item -> count.merge(Generations.key(item), 1, Integer::sum)));
        Set<String> pinned = pinned(reader);
        Set<String> wayBack = new HashSet<>();
        Map<String, String> present = new HashMap<>();
        Contents.plugs(permanent.items()).forEach(item -> present.put(Generations.key(item), Generations.id(item)));
        Release release = permanent;
        for (int i = 0; i < LOOK_BACK && release.parent() > 0; i++) {
            Release parent = Releases.find(reader, release.parent()).orElse(null);
            if (parent == null) {
                break;
            }
            for (Item item : Contents.plugs(parent.items())) {
                String key = Generations.key(item);
                String id = Generations.id(item);
                boolean old = !id.equals(present.get(key)) && !kept.containsKey(id);
                boolean wanted = pinned.contains(id) || (present.containsKey(key) && !wayBack.contains(key));
                if (old && wanted && count.getOrDefault(key, 0) < GENERATIONS) {
                    kept.put(id, item);
                    wayBack.add(key);
                    count.merge(key, 1, Integer::sum);
                }
            }
            release = parent;
        }
        return new ArrayList<>(kept.values());
    }

    private static Set<String> pinned(Reader reader) {
        Query<Step> held = Query.of(Step.class)
                .in(
                        "status",
                        List.of(
                                Step.Status.READY,
                                Step.Status.RUNNING,
                                Step.Status.WAITING_APPROVAL,
                                Step.Status.WAITING_INPUT))
                .where("generation", Comparison.NOT_NULL, null);
        Set<String> generations = new HashSet<>();
        for (Step step : reader.list(held)) {
            @Nullable String generation = step.generation();
            if (generation != null) {
                generations.add(generation);
            }
        }
        return generations;
    }
}
