/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.evolution.TrialFigures.Share;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import ai.king.plug.Routes;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.FaultPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trials of approved proposals, one at a time in a cluster: installed beside on one node, then a share of the goals there,
 * then on all nodes, until a person or the rule ends it.
 */
final class Trials {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
    private static final Actor EVOLUTION = Actor.system("evolution");
    private static final long PUBLISH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Store store;
    private final Writes writes;
    private final Nodes nodes;
    private final Reconciler reconciler;
    private final Candidates candidates;
    private final Admission admission;
    private final TrialFigures figures;
    private final Settings settings;
    private Share published = Share.NONE;
    private long publishedAt;

    Trials(
            Store store,
            Nodes nodes,
            Routes routes,
            Reconciler reconciler,
            Candidates candidates,
            Admission admission,
            Settings settings) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.reconciler = reconciler;
        this.candidates = candidates;
        this.admission = admission;
        this.settings = settings;
        figures = new TrialFigures(routes);
    }

    /**
     * The numbers of a canary.
     *
     * @param percent of the goals on the first node
     * @param widePercent of the goals once all nodes take part
     * @param goals after which, or after which time, it goes wide
     */
    record Settings(int percent, int widePercent, int goals, Duration stage, Duration limit) {}

    /** One look at the trial, or at what waits for one. Called every half second on one thread of each node. */
    void tick(BooleanSupplier paused) {
        Optional<Pointer> pointer = store.read(Releases::pointer);
        if (pointer.isEmpty()) {
            return;
        }
        String running = pointer.get().trialProposal();
        Optional<Proposal> proposal =
                running == null ? Optional.empty() : store.read(reader -> reader.find(Proposal.class, running));
        if (proposal.isPresent()) {
            look(pointer.get(), proposal.get());
        } else if (!paused.getAsBoolean()
                && reconciler.state().release() == pointer.get().permanent()) {
            startNext();
        }
    }

    private void look(Pointer pointer, Proposal proposal) {
        Map<String, Object> canary = canary(proposal);
        String first = String.valueOf(canary.get("node"));
        boolean here = first.equals(nodes.self()) || Boolean.TRUE.equals(canary.get("wide"));
        if (here && reconciler.crashedTrial().equals(Optional.of(proposal.id()))) {
            undo(
                    EVOLUTION,
                    proposal.id(),
                    "node " + nodes.self() + " ended without an orderly stop while it ran there");
        } else if (!first.equals(nodes.self())
                && nodes.alive().stream().map(Node::id).noneMatch(first::equals)) {
            fail(proposal.id(), "node " + first + ", where it began, is gone");
        } else if (proposal.status() == Status.APPROVED) {
            installed(pointer, proposal, first);
        } else if (here) {
            watch(pointer, proposal, canary, first);
        }
    }

    /** Ends the installation on the first node: the trial begins, or the proposal failed. */
    private void installed(Pointer pointer, Proposal proposal, String first) {
        Reconciler.Applied state = reconciler.state();
        if (!first.equals(nodes.self()) || state.pointer() != pointer.version()) {
            return;
        }
        String error = state.trialError();
        if (error.isEmpty()) {
            writes.change(EVOLUTION, proposal.id(), this::begin);
            reconciler.wake();
        } else {
            fail(proposal.id(), error);
        }
    }

    private Proposal begin(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        Long trial = pointer.trial();
        if (trial == null || !proposal.id().equals(pointer.trialProposal())) {
            return proposal;
        }
        tx.update(Releases.onTrial(pointer, trial, proposal.id(), settings.percent()));
        Map<String, Object> canary = canary(proposal);
        canary.put("weight", settings.percent());
        canary.put("stage", "FIRST");
        canary.put("stageAt", tx.now().toString());
        return Lifecycle.move(tx, Draft.of(proposal).canary(canary), Status.CANARY, "on trial on " + nodes.self());
    }

    private void watch(Pointer pointer, Proposal proposal, Map<String, Object> canary, String first) {
        Share here = figures.here(proposal.id(), changed(pointer));
        Share all = TrialFigures.all(canary, nodes.self(), here);
        Optional<String> violation = CanaryRule.violated(all.old(), all.fresh());
        Instant now = store.clock().instant();
        if (violation.isPresent()) {
            fail(proposal.id(), violation.get());
        } else if (now.isAfter(proposal.statusSince().plus(settings.limit()))) {
            undo(
                    EVOLUTION,
                    proposal.id(),
                    "nobody ended it within " + settings.limit().toHours() + " h");
        } else if (first.equals(nodes.self()) && !Boolean.TRUE.equals(canary.get("wide")) && due(canary, all, now)) {
            writes.change(EVOLUTION, proposal.id(), this::widen);
            reconciler.wake();
        } else {
            publish(proposal, here, all);
        }
    }

    private boolean due(Map<String, Object> canary, Share all, Instant now) {
        Instant since = Instant.parse(String.valueOf(canary.get("stageAt")));
        return all.goals() >= settings.goals() || now.isAfter(since.plus(settings.stage()));
    }

    private Proposal widen(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        Long trial = pointer.trial();
        if (trial == null || proposal.status() != Status.CANARY) {
            return proposal;
        }
        tx.update(Releases.onTrial(pointer, trial, proposal.id(), settings.widePercent()));
        Map<String, Object> canary = canary(proposal);
        canary.put("wide", true);
        canary.put("weight", settings.widePercent());
        canary.put("stage", "ALL");
        canary.put("stageAt", tx.now().toString());
        Proposal after = tx.update(Draft.of(proposal)
                .canary(canary)
                .reason("on trial on all nodes; promote it or abort it")
                .proposal());
        Lifecycle.announce(tx, after, "widened");
        return after;
    }

    /** What other nodes and people read. New errors are published at once, calls now and then. */
    private void publish(Proposal proposal, Share here, Share all) {
        boolean worse = here.fresh().errors() > published.fresh().errors();
        boolean due = System.nanoTime() - publishedAt > PUBLISH_NANOS && !here.equals(published);
        if (!worse && !due) {
            return;
        }
        published = here;
        publishedAt = System.nanoTime();
        writes.change(EVOLUTION, proposal.id(), (tx, now) -> {
            if (now.status() != Status.CANARY) {
                tx.record("canary.over", "canary/" + now.id(), Map.of());
                return now;
            }
            tx.record("canary.figures", "canary/" + now.id(), Map.of("node", nodes.self(), "goals", all.goals()));
            return tx.update(Draft.of(now).canary(with(canary(now), here)).proposal());
        });
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

    /** The proposal as it stands this moment, with what this node saw up to now. */
    Proposal live(Proposal proposal) {
        if (proposal.status() != Status.CANARY) {
            return proposal;
        }
        Pointer pointer = store.read(Releases::pointer).orElse(null);
        if (pointer == null
                || !proposal.id().equals(pointer.trialProposal())
                || reconciler.state().trial() == 0) {
            return proposal;
        }
        Share here = figures.here(proposal.id(), changed(pointer));
        return Draft.of(proposal).canary(with(canary(proposal), here)).proposal();
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

    /** Takes the oldest approved proposal, asks it again, and has this node install it. */
    private void startNext() {
        List<Proposal> waiting = store.read(reader -> reader.list(
                Query.of(Proposal.class).where("status", Status.APPROVED).ascending("statusSince")));
        if (waiting.isEmpty()) {
            return;
        }
        Proposal next = waiting.get(0);
        Admission.Result again = admission.askAgain(next);
        Optional<String> refused = again.passed() ? riskier(next) : Optional.of(again.failed());
        if (refused.isPresent()) {
            writes.change(EVOLUTION, next.id(), (tx, now) -> refuse(tx, now, again, refused.get()));
            return;
        }
        writes.change(EVOLUTION, next.id(), this::stage);
        reconciler.wake();
    }

    /** Another node may have begun its trial while this one asked. */
    private static boolean waits(Tx tx, Pointer pointer, Proposal proposal) {
        if (pointer.trial() == null && proposal.status() == Status.APPROVED) {
            return true;
        }
        tx.record("trial.begun", "canary/" + proposal.id(), Map.of("running", String.valueOf(pointer.trialProposal())));
        return false;
    }

    /** What was approved at one risk is not tried at a higher one: the release may have changed since. */
    private Optional<String> riskier(Proposal proposal) {
        List<Item> base = store.read(reader -> Releases.permanent(reader).items());
        Risk now = new Question(proposal, base, Change.apply(proposal, base, candidates)).risk();
        return now.compareTo(Risk.valueOf(proposal.risk())) > 0
                ? Optional.of("its risk is " + now + " now, and it was approved at " + proposal.risk())
                : Optional.empty();
    }

    private Proposal refuse(Tx tx, Proposal proposal, Admission.Result result, String why) {
        if (!waits(tx, Releases.lock(tx), proposal)) {
            return proposal;
        }
        Draft draft = Draft.of(proposal).findings(result.findings());
        return Lifecycle.move(tx, draft, Status.FAILED, "asked again before its trial: " + why);
    }

    private Proposal stage(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        if (!waits(tx, pointer, proposal)) {
            return proposal;
        }
        FaultPoints.hit("evolution.staged.before");
        List<Item> base = Releases.permanent(tx).items();
        Release release =
                Releases.add(tx, pointer.permanent(), proposal.id(), Change.apply(proposal, base, candidates));
        tx.update(Releases.onTrial(pointer, release.no(), proposal.id(), 0));
        Map<String, Object> canary = new LinkedHashMap<>();
        canary.put("node", nodes.self());
        canary.put("weight", 0);
        canary.put("stage", "INSTALLING");
        canary.put("stageAt", tx.now().toString());
        Proposal after = tx.update(Draft.of(proposal)
                .canary(canary)
                .reason("being installed on " + nodes.self())
                .proposal());
        Lifecycle.announce(tx, after, "staged");
        tx.afterCommit(() -> FaultPoints.hit("evolution.staged.after"));
        return after;
    }

    /** Makes the trial permanent. */
    Proposal promote(Actor by, String id) {
        Proposal done = writes.change(by, id, (tx, proposal) -> {
            Lifecycle.check(proposal, Status.COMPLETED);
            Pointer pointer = Releases.lock(tx);
            Long trial = pointer.trial();
            if (trial == null || !id.equals(pointer.trialProposal())) {
                throw new IllegalStateException("its trial is over");
            }
            tx.update(Releases.at(pointer, trial));
            return Lifecycle.move(tx, Draft.of(proposal).release(trial), Status.COMPLETED, "promoted by " + by.name());
        });
        reconciler.wake();
        return done;
    }

    /** Ends a trial by rule; somebody may have been faster. */
    private void fail(String id, String reason) {
        try {
            undo(EVOLUTION, id, reason);
        } catch (IllegalStateException over) {
            LOG.debug("Trial of proposal {} was over before: {}", id, over.getMessage());
        }
    }

    /** Ends the trial and goes back. */
    Proposal undo(Actor by, String id, String reason) {
        Proposal undone = writes.change(by, id, (tx, proposal) -> end(tx, proposal, reason));
        LOG.warn("Trial of proposal {} ended: {}", id, reason);
        reconciler.wake();
        return undone;
    }

    /** Ends a trial within a larger change. An installation that failed never became one. */
    static Proposal end(Tx tx, Proposal proposal, String reason) {
        Pointer pointer = Releases.lock(tx);
        if (!proposal.id().equals(pointer.trialProposal())) {
            throw new IllegalStateException("its trial is over");
        }
        tx.update(Releases.at(pointer, pointer.permanent()));
        Status to = proposal.status() == Status.APPROVED ? Status.FAILED : Status.ROLLED_BACK;
        Map<String, Object> canary = canary(proposal);
        canary.put("weight", 0);
        return Lifecycle.move(tx, Draft.of(proposal).canary(canary), to, reason);
    }

    private static Map<String, Object> canary(Proposal proposal) {
        @Nullable Map<String, Object> canary = proposal.canary();
        return canary == null ? new LinkedHashMap<>() : new LinkedHashMap<>(canary);
    }
}
