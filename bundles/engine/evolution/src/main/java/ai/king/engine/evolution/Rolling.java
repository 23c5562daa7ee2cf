/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Stores the steps of a rollout: a trial's on its first node, a promoted release's on whichever node leads. */
final class Rolling {

    private final Store store;
    private final Rollout rollout;
    private final BiConsumer<String, BiFunction<Tx, Proposal, Proposal>> move;

    /** @param move makes a move by rule, unless somebody was faster */
    Rolling(Store store, Rollout rollout, BiConsumer<String, BiFunction<Tx, Proposal, Proposal>> move) {
        this.store = store;
        this.rollout = rollout;
        this.move = move;
    }

    /** What was promoted before its trial had reached all nodes goes on from one to the next. */
    void promoted(Pointer pointer, BooleanSupplier paused) {
        if (paused.getAsBoolean() || !rollout.leads()) {
            return;
        }
        Optional<Proposal> promoted = store.read(reader -> Releases.find(reader, pointer.permanent())
                .flatMap(release -> Optional.ofNullable(release.proposalId()))
                .flatMap(id -> reader.find(Proposal.class, id)));
        promoted.filter(Rollout::rolling).ifPresent(proposal -> step(pointer, proposal));
    }

    /** The next node, when the last one had its turn. */
    void step(Pointer seen, Proposal proposal) {
        if (rollout.next(proposal, seen, store.clock().instant()).isPresent()) {
            move.accept(proposal.id(), this::next);
        }
    }

    private Proposal next(Tx tx, Proposal proposal) {
        Pointer pointer = Releases.lock(tx);
        boolean trial = proposal.id().equals(pointer.trialProposal());
        if (!Rollout.rolling(proposal) || !trial && pointer.former() == 0) {
            throw new IllegalStateException("it is on all nodes, or on none any more");
        }
        Map<String, Object> canary = rollout.next(proposal, pointer, tx.now())
                .orElseThrow(() -> new IllegalStateException("its next node had its turn"));
        tx.update(!trial && Rollout.wide(canary) ? Releases.at(pointer, pointer.permanent()) : pointer);
        return reached(tx, proposal, canary);
    }

    /** Stores what was reached. */
    static Proposal reached(Tx tx, Proposal proposal, Map<String, Object> canary) {
        boolean all = Rollout.wide(canary);
        Draft draft = Draft.of(proposal).canary(canary);
        if (proposal.status() == Status.CANARY) {
            draft.reason(
                    all
                            ? "on trial on all nodes; promote it or abort it"
                            : "on trial on " + canary.get("reached") + ", then on the others");
        }
        Proposal after = tx.update(draft.proposal());
        Lifecycle.announce(tx, after, all ? "widened" : "reached");
        FaultPoint.WIDENED.hit(tx);
        return after;
    }
}
