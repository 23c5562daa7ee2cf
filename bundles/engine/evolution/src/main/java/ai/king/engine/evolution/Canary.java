/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Nodes;
import ai.king.engine.evolution.TrialFigures.Share;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is seen of a trial while it runs: the figures of all nodes, the rule over them, when it takes in all nodes. */
final class Canary {

    /** The stage in which all nodes take part. */
    static final String ALL = "ALL";

    private static final long PUBLISH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Store store;
    private final Writes writes;
    private final Nodes nodes;
    private final TrialFigures figures;
    private final Settings settings;
    private String publishedFor = "";
    private Share published = Share.NONE;
    private long publishedAt;

    Canary(Store store, Nodes nodes, TrialFigures figures, Settings settings) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.figures = figures;
        this.settings = settings;
    }

    /**
     * The numbers of a canary.
     *
     * @param percent of the goals on the first node
     * @param widePercent of the goals once all nodes take part
     * @param goals after which, or after which time, all take part
     * @param limit after which a trial that nobody ended is undone
     */
    record Settings(int percent, int widePercent, int goals, Duration stage, Duration limit) {}

    /** One look at a trial that runs on this node: why it must end; empty while it may go on. */
    Optional<String> watch(Pointer pointer, Proposal proposal) {
        Share here = figures.here(proposal.id(), changed(pointer));
        Share all = TrialFigures.all(proposal.canary(), nodes.self(), here);
        Optional<String> violation = CanaryRule.violated(all.old(), all.fresh());
        if (violation.isPresent()) {
            return violation;
        }
        if (store.clock().instant().isAfter(proposal.statusSince().plus(settings.limit()))) {
            return Optional.of("nobody ended it within " + settings.limit().toHours() + " h");
        }
        publish(proposal, here, all);
        return Optional.empty();
    }

    /** Whether it is time to take in all nodes. */
    boolean wide(Proposal proposal) {
        Map<String, Object> canary = stored(proposal);
        if (Rollout.wide(canary)) {
            return false;
        }
        Share all = TrialFigures.all(canary, nodes.self(), published);
        Instant since = Instant.parse(String.valueOf(canary.get("stageAt")));
        return all.goals() >= settings.goals() || store.clock().instant().isAfter(since.plus(settings.stage()));
    }

    /** What other nodes and people read: errors and enough goals at once, else now and then. */
    private void publish(Proposal proposal, Share here, Share all) {
        if (!proposal.id().equals(publishedFor)) {
            publishedFor = proposal.id();
            published = Share.NONE;
            publishedAt = System.nanoTime() - PUBLISH_NANOS;
        }
        boolean worse = here.fresh().errors() > published.fresh().errors();
        boolean enough = here.goals() >= settings.goals() && published.goals() < settings.goals();
        boolean due = System.nanoTime() - publishedAt > PUBLISH_NANOS && !here.equals(published);
        if (!worse && !enough && !due) {
            return;
        }
        published = here;
        publishedAt = System.nanoTime();
        writes.change(Actor.system("evolution"), proposal.id(), (tx, now) -> {
            tx.record("canary.figures", "canary/" + now.id(), Map.of("node", nodes.self(), "goals", all.goals()));
            return now.status() == Status.CANARY
                    ? tx.update(Draft.of(now).canary(with(stored(now), here)).proposal())
                    : now;
        });
    }

    /** The proposal with what this node saw up to now. */
    Proposal live(Proposal proposal) {
        Optional<Pointer> pointer =
                store.read(Releases::pointer).filter(now -> proposal.id().equals(now.trialProposal()));
        if (proposal.status() != Status.CANARY || pointer.isEmpty()) {
            return proposal;
        }
        Share here = figures.here(proposal.id(), changed(pointer.get()));
        return Draft.of(proposal).canary(with(stored(proposal), here)).proposal();
    }

    private Map<String, Object> with(Map<String, Object> canary, Share here) {
        Map<String, Object> shares = new LinkedHashMap<>();
        if (canary.get("nodes") instanceof Map<?, ?> before) {
            before.forEach((node, share) -> shares.put(String.valueOf(node), share));
        }
        shares.put(nodes.self(), here.asMap());
        canary.put("nodes", shares);
        canary.putAll(TrialFigures.all(canary, nodes.self(), here).asMap());
        return canary;
    }

    private List<Item> changed(Pointer pointer) {
        Long trial = pointer.trial();
        if (trial == null) {
            return List.of();
        }
        return store.read(reader -> Change.difference(
                Releases.find(reader, trial).map(Release::items).orElse(List.of()),
                Releases.find(reader, pointer.permanent()).map(Release::items).orElse(List.of())));
    }

    /** The figures of a proposal at the start of a stage. */
    static Map<String, Object> stage(Proposal proposal, String stage, int percent, Instant at) {
        Map<String, Object> canary = stored(proposal);
        canary.put("stage", stage);
        canary.put("stageAt", at.toString());
        canary.put("weight", percent);
        canary.put("wide", stage.equals(ALL));
        return canary;
    }

    static Map<String, Object> stored(Proposal proposal) {
        @Nullable Map<String, Object> canary = proposal.canary();
        return canary == null ? new LinkedHashMap<>() : new LinkedHashMap<>(canary);
    }
}
