/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Finding;
import ai.king.evolution.Jail;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Origin;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes proposals from DRAFT to the question that people decide, one at a time, each on one node. */
final class Validation {

    private static final Logger LOG = LoggerFactory.getLogger(Validation.class);
    private static final Actor EVOLUTION = Actor.system("evolution");
    private static final String ON = "checks run on ";

    private final Store store;
    private final Writes writes;
    private final Nodes nodes;
    private final Approvals approvals;
    private final Candidates candidates;
    private final CodeChanges code;
    private final Admission admission;
    private final Workshop workshop;
    private final long jailNanos;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "king-evolution-checks");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Jail jail;
    private volatile long lookedForJail = System.nanoTime() - Duration.ofDays(1).toNanos();

    Validation(
            Store store,
            Nodes nodes,
            Approvals approvals,
            Candidates candidates,
            Admission admission,
            Workshop workshop,
            Duration lookForJail) {
        this.store = store;
        this.writes = new Writes(store);
        this.nodes = nodes;
        this.approvals = approvals;
        this.candidates = candidates;
        this.code = new CodeChanges(candidates);
        this.admission = admission;
        this.workshop = workshop;
        this.jailNanos = lookForJail.toNanos();
    }

    void jail(Jail there) {
        jail = there;
        lookedForJail = System.nanoTime() - jailNanos - 1;
    }

    void noJail(Jail gone) {
        jail = jail == gone ? null : jail;
    }

    void close() {
        worker.shutdownNow();
    }

    /** Starts the checks of what waits for them; of what a node that is gone had begun, too. */
    void tick(BooleanSupplier paused) {
        if (paused.getAsBoolean()) {
            return;
        }
        List<Proposal> open = store.read(reader -> reader.list(Query.of(Proposal.class)
                .in("status", List.of(Status.DRAFT, Status.VALIDATING))
                .ascending("statusSince")));
        for (Proposal proposal : open) {
            if (mine(proposal) && underWay.add(proposal.id())) {
                submit(proposal);
            }
        }
    }

    private void submit(Proposal proposal) {
        try {
            worker.execute(() -> {
                try {
                    validate(proposal.id());
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("The checks of proposal {} could not end: {}", proposal.id(), e.toString());
                } finally {
                    underWay.remove(proposal.id());
                }
            });
        } catch (RejectedExecutionException stopping) {
            underWay.remove(proposal.id());
        }
    }

    private boolean mine(Proposal proposal) {
        if (proposal.status() == Status.DRAFT) {
            return true;
        }
        String node = proposal.reason().startsWith(ON) ? proposal.reason().substring(ON.length()) : "";
        return node.equals(nodes.self()) || nodes.alive().stream().map(Node::id).noneMatch(node::equals);
    }

    private void validate(String id) {
        Proposal proposal =
                store.read(reader -> reader.find(Proposal.class, id)).orElseThrow();
        Optional<String> missing = proposal.kind() == Kind.BUNDLE || proposal.kind() == Kind.SOURCE
                ? missingJail(proposal)
                : Optional.empty();
        if (missing.isPresent()) {
            waitFor(proposal, missing.get());
            return;
        }
        Optional<Proposal> claimed = claim(proposal);
        if (claimed.isEmpty()) {
            return;
        }
        Admission.Result result = ask(claimed.get());
        writes.change(EVOLUTION, id, (tx, now) -> end(tx, now, result));
    }

    private Admission.Result ask(Proposal proposal) {
        if (proposal.kind() != Kind.SOURCE) {
            return admission.ask(proposal, jail);
        }
        Workshop.Made made = workshop.make(EVOLUTION, proposal, jail);
        if (made.finding().verdict() != Finding.Verdict.PASS) {
            return new Admission.Result(List.of(made.finding()), 0, 0);
        }
        Admission.Result result = admission.ask(made.proposal(), jail);
        List<Finding> findings = new ArrayList<>(List.of(made.finding()));
        findings.addAll(result.findings());
        return new Admission.Result(findings, result.testsRun(), result.testsPassed());
    }

    /** What must be done for a jail; looks again only now and then, because looking runs its probes. */
    private Optional<String> missingJail(Proposal proposal) {
        Jail there = jail;
        boolean waiting = proposal.reason().startsWith("no jail");
        if (waiting && System.nanoTime() - lookedForJail < jailNanos) {
            return Optional.of(proposal.reason());
        }
        lookedForJail = System.nanoTime();
        if (there == null) {
            return Optional.of("no jail on this node to test it in: its bundle is not installed");
        }
        return there.missing().map(command -> "no jail on this node to test it in; this gives one: " + command);
    }

    private void waitFor(Proposal proposal, String reason) {
        if (proposal.status() == Status.DRAFT && !proposal.reason().equals(reason)) {
            writes.change(EVOLUTION, proposal.id(), (tx, now) -> {
                Proposal waiting = tx.update(Draft.of(now).reason(reason).proposal());
                Lifecycle.announce(tx, waiting, "waits");
                return waiting;
            });
        }
    }

    /** Takes the proposal for this node; empty when another one was faster or it was withdrawn. */
    private Optional<Proposal> claim(Proposal seen) {
        return store.write(EVOLUTION, tx -> {
            Proposal now = Writes.locked(tx, seen.id());
            boolean free = now.status() == Status.DRAFT || (now.status() == Status.VALIDATING && mine(now));
            if (!free) {
                tx.record("proposal.taken", now.id(), Map.of("node", nodes.self()));
                return Optional.empty();
            }
            if (now.status() == Status.VALIDATING) {
                Proposal again =
                        tx.update(Draft.of(now).reason(ON + nodes.self()).proposal());
                Lifecycle.announce(tx, again, "validating");
                return Optional.of(again);
            }
            return Optional.of(Lifecycle.move(tx, Draft.of(now), Status.VALIDATING, ON + nodes.self()));
        });
    }

    private Proposal end(Tx tx, Proposal proposal, Admission.Result result) {
        if (proposal.status() != Status.VALIDATING) {
            tx.record("proposal.checked", proposal.id(), Map.of("late", true));
            return proposal;
        }
        Confidence confidence = Confidence.of(tx, proposal, result);
        Draft draft =
                Draft.of(proposal).findings(result.findings()).confidence(confidence.overall(), confidence.parts());
        if (!result.passed()) {
            return Lifecycle.move(tx, draft, Status.FAILED, result.failed());
        }
        boolean unsure = confidence.overall().compareTo(Confidence.AI_MINIMUM) <= 0;
        if (proposal.origin() == Origin.AI && unsure) {
            return Lifecycle.move(
                    tx,
                    draft,
                    Status.FAILED,
                    "confidence " + confidence.overall() + " does not exceed " + Confidence.AI_MINIMUM);
        }
        Optional<Finding> weakened = result.findings().stream()
                .filter(one -> one.check().equals(FormerTests.CHECK) && one.verdict() == Finding.Verdict.FAIL)
                .findFirst();
        if (proposal.origin() == Origin.AI && weakened.isPresent()) {
            // People may have a reason to ask less of a plug; what nobody reads yet may not.
            return Lifecycle.move(
                    tx, draft, Status.FAILED, "tests: " + weakened.get().detail());
        }
        List<Item> before = Releases.permanent(tx).items();
        List<Item> after = Change.apply(proposal, before, candidates);
        Question question = new Question(draft.proposal(), before, after);
        Approval approval = approvals.open(tx, question.approval(candidates, code.of(tx, proposal, before, after)));
        draft.risk(question.risk().name()).approval(approval.id());
        List<String> placements = Change.difference(after, before).stream()
                .map(Item::placement)
                .distinct()
                .toList();
        if (placements.size() == 1) {
            draft.placement(placements.get(0));
        }
        return Lifecycle.move(tx, draft, Status.READY, "waits for its approval");
    }
}
