/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.store.Tx;
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
    private final NextTrial next;
    private final Canary canary;
    private final Rollout rollout;
    private final Rolling rolling;
    private final Canary.Settings settings;

    Trials(
            Store store,
            Nodes nodes,
            TrialFigures figures,
            Reconciler reconciler,
            NextTrial next,
            Canary.Settings settings,
            Rollout.Pace pace) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.reconciler = reconciler;
        this.next = next;
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
            next.start();
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
            installed(pointer, proposal, first, paused);
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

    /** Ends the installation on the first node: the trial begins, unless the platform is paused, or the proposal failed. */
    private void installed(Pointer pointer, Proposal proposal, String first, BooleanSupplier paused) {
        Reconciler.Applied state = reconciler.state();
        if (!first.equals(nodes.self()) || state.pointer() != pointer.version()) {
            return;
        }
        String error = state.trialError();
        if (!error.isEmpty()) {
            fail(proposal.id(), error);
        } else if (!paused.getAsBoolean()) {
            quietly(proposal.id(), this::begin);
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
