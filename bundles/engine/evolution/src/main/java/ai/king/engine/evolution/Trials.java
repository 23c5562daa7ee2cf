/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Risk;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trials of approved proposals, one at a time in a cluster: installed beside on one node, then a share of the goals there,
 * then on all nodes, until a person or the rule ends it.
 */
final class Trials {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
    private static final Actor EVOLUTION = Actor.system("evolution");

    private final Store store;
    private final Writes writes;
    private final Nodes nodes;
    private final Reconciler reconciler;
    private final Candidates candidates;
    private final Admission admission;
    private final Approvals approvals;
    private final Canary canary;
    private final Rollout rollout;
    private final Rolling rolling;
    private final Canary.Settings settings;

    Trials(
            Store store,
            Nodes nodes,
            TrialFigures figures,
            Reconciler reconciler,
            Candidates candidates,
            Admission admission,
            Approvals approvals,
            Canary.Settings settings,
            Rollout.Pace pace) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.reconciler = reconciler;
        this.candidates = candidates;
        this.admission = admission;
        this.approvals = approvals;
        this.settings = settings;
        canary = new Canary(store, nodes, figures, settings);
        rollout = new Rollout(nodes, pace);
        rolling = new Rolling(store, rollout, this::quietly);
    }

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
            look(pointer.get(), proposal.get(), paused);
        } else if (pointer.get().former() > 0) {
            rolling.promoted(pointer.get(), paused);
        } else if (!paused.getAsBoolean()
                && reconciler.state().release() == pointer.get().permanent()) {
            startNext();
        }
    }

    private void look(Pointer pointer, Proposal proposal, BooleanSupplier paused) {
        Map<String, Object> canary = Canary.stored(proposal);
        String first = String.valueOf(canary.get("node"));
        boolean here = Rollout.reached(canary, nodes.self());
        if (here && reconciler.crashedTrial().equals(Optional.of(proposal.id()))) {
            fail(proposal.id(), "node " + nodes.self() + " ended without an orderly stop while it ran there");
        } else if (!first.equals(nodes.self())
                && nodes.alive().stream().map(Node::id).noneMatch(first::equals)) {
            fail(proposal.id(), "node " + first + ", where it began, is gone");
        } else if (proposal.status() == Status.APPROVED) {
            installed(pointer, proposal, first);
        } else if (here) {
            look(pointer, proposal, first, paused);
        }
    }

    private void look(Pointer pointer, Proposal proposal, String first, BooleanSupplier paused) {
        Optional<String> end = canary.watch(pointer, proposal);
        if (end.isPresent()) {
            fail(proposal.id(), end.get());
        } else if (!first.equals(nodes.self()) || paused.getAsBoolean()) {
            return;
        } else if (Rollout.rolling(proposal)) {
            rolling.step(pointer, proposal);
        } else if (canary.wide(proposal)) {
            quietly(proposal.id(), this::widen);
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
            quietly(proposal.id(), this::begin);
        } else {
            fail(proposal.id(), error);
        }
    }

    private Proposal begin(Tx tx, Proposal proposal) {
        give(tx, proposal, settings.percent());
        return Lifecycle.move(
                tx,
                Draft.of(proposal).canary(Canary.stage(proposal, "FIRST", settings.percent(), tx.now())),
                Status.CANARY,
                "on trial on " + nodes.self());
    }

    private Proposal widen(Tx tx, Proposal proposal) {
        if (proposal.status() != Status.CANARY) {
            throw new IllegalStateException("its trial is over");
        }
        give(tx, proposal, settings.widePercent());
        return Rolling.reached(tx, proposal, rollout.begun(proposal, settings.widePercent(), tx.now()));
    }

    /** Gives the trial its share of the goals. */
    private static void give(Tx tx, Proposal proposal, int percent) {
        Pointer pointer = Releases.lock(tx);
        Long trial = pointer.trial();
        if (trial == null || !proposal.id().equals(pointer.trialProposal())) {
            throw new IllegalStateException("its trial is over");
        }
        tx.update(Releases.onTrial(pointer, trial, proposal.id(), percent));
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
        writes.change(EVOLUTION, next.id(), (tx, now) -> asVoted(tx, now, again));
        reconciler.wake();
    }

    /** Goes on with exactly what people voted on, and with nothing else. */
    private Proposal asVoted(Tx tx, Proposal proposal, Admission.Result again) {
        List<Item> base = Releases.permanent(tx).items();
        List<Item> added = Change.difference(Change.apply(proposal, base, candidates), base);
        Optional<Approval> asked = Optional.ofNullable(proposal.approvalId()).flatMap(approvals::find);
        Optional<String> differs = Voted.differs(proposal, asked, added);
        if (differs.isPresent()) {
            return refuse(tx, proposal, again, differs.get());
        }
        return proposal.kind() == Kind.INFRASTRUCTURE ? handOut(tx, proposal) : stage(tx, proposal);
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

    /** A patch for people: a release with the same items names it, so that it is in the history of every node. */
    private static Proposal handOut(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        if (!waits(tx, pointer, proposal)) {
            return proposal;
        }
        Release release = Releases.add(
                tx, pointer.permanent(), proposal.id(), Releases.permanent(tx).items());
        tx.update(Releases.at(pointer, release.no()));
        return Lifecycle.move(
                tx,
                Draft.of(proposal).release(release.no()),
                Status.COMPLETED,
                "the patch is handed out; nothing here applies it");
    }

    private Proposal stage(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        if (!waits(tx, pointer, proposal)) {
            return proposal;
        }
        List<Item> base = Releases.permanent(tx).items();
        Release release =
                Releases.add(tx, pointer.permanent(), proposal.id(), Change.apply(proposal, base, candidates));
        tx.update(Releases.onTrial(pointer, release.no(), proposal.id(), 0));
        Map<String, Object> canary = Canary.stage(proposal, "INSTALLING", 0, tx.now());
        canary.put("node", nodes.self());
        Proposal after = tx.update(Draft.of(proposal)
                .canary(canary)
                .reason("being installed on " + nodes.self())
                .proposal());
        Lifecycle.announce(tx, after, "staged");
        FaultPoint.STAGED.hit(tx);
        return after;
    }

    /** The proposal as it stands this moment, with what this node saw up to now. */
    Proposal live(Proposal proposal) {
        return reconciler.state().trial() == 0 ? proposal : canary.live(proposal);
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
            Map<String, Object> canary = Canary.stored(proposal);
            if (!Rollout.wide(canary)) {
                canary = rollout.begun(proposal, Integer.parseInt(String.valueOf(canary.get("weight"))), tx.now());
            }
            tx.update(Rollout.wide(canary) ? Releases.at(pointer, trial) : Releases.rolling(pointer, trial));
            Draft draft = Draft.of(proposal).canary(canary).release(trial);
            return Lifecycle.move(tx, draft, Status.COMPLETED, "promoted by " + by.name());
        });
        reconciler.wake();
        return done;
    }

    /** Ends a trial by rule. */
    private void fail(String id, String reason) {
        quietly(id, (tx, proposal) -> end(tx, proposal, reason));
        LOG.warn("Trial of proposal {} ended: {}", id, reason);
    }

    /** A move by rule: somebody, here or on another node, may have ended the trial just before. */
    private void quietly(String id, BiFunction<Tx, Proposal, Proposal> move) {
        try {
            writes.change(EVOLUTION, id, move);
            reconciler.wake();
        } catch (IllegalStateException over) {
            LOG.debug("Trial of proposal {}: {}", id, over.getMessage());
        }
    }

    /** Ends the trial and goes back. */
    Proposal undo(Actor by, String id, String reason) {
        Proposal undone = writes.change(by, id, (tx, proposal) -> end(tx, proposal, reason));
        LOG.info("Trial of proposal {} ended: {}", id, reason);
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
        Map<String, Object> canary = Canary.stored(proposal);
        canary.put("weight", 0);
        return Lifecycle.move(tx, Draft.of(proposal).canary(canary), to, reason);
    }
}
