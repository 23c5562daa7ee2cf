/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.store.Store;
import ai.king.store.Tx;

/** What people decide about a proposal once it is stored: to vote on it, to withdraw it, to make it permanent, to undo it. */
final class Decisions {

    private final Store store;
    private final Writes writes;
    private final Approvals approvals;
    private final Trials trials;
    private final Rollback rollback;
    private final Reconciler reconciler;

    Decisions(Store store, Approvals approvals, Trials trials, Rollback rollback, Reconciler reconciler) {
        this.store = store;
        this.writes = new Writes(store);
        this.approvals = approvals;
        this.trials = trials;
        this.rollback = rollback;
        this.reconciler = reconciler;
    }

    /** How a vote ended, in its transaction. */
    static void decided(Tx tx, Approval approval) {
        Proposal proposal = Writes.locked(tx, approval.subject());
        boolean approved = approval.status() == Approval.Status.APPROVED;
        Lifecycle.move(
                tx,
                Draft.of(proposal),
                approved ? Status.APPROVED : Status.REJECTED,
                approved ? "waits for its trial" : "the approval was " + approval.status());
    }

    Proposal withdraw(Identity by, String id) {
        return writes.change(by.actor(), id, (tx, proposal) -> {
            if (!proposal.author().equals(by.name()) && !by.has(Role.ADMIN)) {
                throw new IllegalStateException("only who proposed it can withdraw it");
            }
            Lifecycle.check(proposal, Status.WITHDRAWN);
            String approval = proposal.approvalId();
            if (approval != null) {
                approvals.close(tx, approval, "the proposal was withdrawn");
            }
            return Lifecycle.move(tx, Draft.of(proposal), Status.WITHDRAWN, "withdrawn by " + by.name());
        });
    }

    Proposal promote(Identity by, String id) {
        if (required(id).author().equals(by.name())) {
            throw new IllegalStateException("nobody promotes a proposal of their own");
        }
        return trials.promote(by.actor(), id);
    }

    Proposal abort(Identity by, String id) {
        return trials.undo(by.actor(), id, "aborted by " + by.name());
    }

    Proposal rollback(Identity by, String id) {
        if (required(id).status() == Status.CANARY) {
            return trials.undo(by.actor(), id, "rolled back by " + by.name());
        }
        Proposal back = writes.change(by.actor(), id, (tx, proposal) -> rollback.back(tx, proposal, by.name()));
        reconciler.wake();
        return back;
    }

    private Proposal required(String id) {
        return store.read(reader -> reader.find(Proposal.class, id))
                .orElseThrow(() -> new IllegalArgumentException("no proposal " + id));
    }
}
