/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.store.Tx;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The states of a proposal and the moves between them; each is a ledger entry and an event. */
final class Lifecycle {

    private static final Map<Status, Set<Status>> MOVES = moves();

    private Lifecycle() {}

    private static Map<Status, Set<Status>> moves() {
        Map<Status, Set<Status>> moves = new EnumMap<>(Status.class);
        moves.put(Status.DRAFT, EnumSet.of(Status.VALIDATING, Status.WITHDRAWN, Status.FAILED));
        moves.put(Status.VALIDATING, EnumSet.of(Status.READY, Status.FAILED, Status.WITHDRAWN, Status.DRAFT));
        moves.put(Status.READY, EnumSet.of(Status.APPROVED, Status.REJECTED, Status.WITHDRAWN));
        moves.put(Status.APPROVED, EnumSet.of(Status.CANARY, Status.FAILED, Status.ROLLED_BACK));
        moves.put(Status.CANARY, EnumSet.of(Status.COMPLETED, Status.ROLLED_BACK));
        moves.put(Status.COMPLETED, EnumSet.of(Status.ROLLED_BACK));
        return moves;
    }

    /** Throws {@link IllegalStateException} when the proposal cannot go there from where it stands. */
    static void check(Proposal proposal, Status to) {
        // What is handed out to people has no trial here.
        boolean handedOut = proposal.kind() == Kind.INFRASTRUCTURE
                && proposal.status() == Status.APPROVED
                && to == Status.COMPLETED;
        if (!handedOut && !MOVES.getOrDefault(proposal.status(), Set.of()).contains(to)) {
            throw new IllegalStateException("a proposal that is " + proposal.status() + " cannot become " + to);
        }
    }

    /** Stores the proposal at its new state. */
    static Proposal move(Tx tx, Draft draft, Status to, String reason) {
        Proposal before = draft.proposal();
        check(before, to);
        String name = to.name().toLowerCase(Locale.ROOT);
        Proposal after = tx.update(draft.status(to, tx.now()).reason(reason).proposal());
        announce(tx, after, name);
        FaultPoint.of(to).hit(tx);
        return after;
    }

    /** Stores a proposal at its first state. */
    static Proposal begin(Tx tx, Proposal proposal) {
        Proposal stored = tx.insert(proposal);
        announce(tx, stored, "draft");
        FaultPoint.DRAFT.hit(tx);
        return stored;
    }

    static void announce(Tx tx, Proposal proposal, String what) {
        Map<String, Object> data = new HashMap<>();
        data.put("proposalId", proposal.id());
        data.put("kind", proposal.kind().name());
        data.put("status", proposal.status().name());
        data.put("reason", proposal.reason());
        tx.record("proposal." + what, proposal.id(), data);
        tx.enqueue("evolution." + what, data, "global");
    }
}
