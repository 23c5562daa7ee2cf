/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

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

/** Which approved proposal is tried next, and whether what is tried is still what people voted on. */
final class NextTrial {

    private static final Actor EVOLUTION = Actor.system("evolution");

    private final Store store;
    private final Writes writes;
    private final Nodes nodes;
    private final Reconciler reconciler;
    private final Candidates candidates;
    private final Admission admission;
    private final Approvals approvals;

    NextTrial(
            Store store,
            Nodes nodes,
            Reconciler reconciler,
            Candidates candidates,
            Admission admission,
            Approvals approvals) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.reconciler = reconciler;
        this.candidates = candidates;
        this.admission = admission;
        this.approvals = approvals;
    }

    /** Takes the oldest approved proposal, asks it again, and has this node install it. */
    void start() {
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
}
