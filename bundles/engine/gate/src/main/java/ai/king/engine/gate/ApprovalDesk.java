/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.gate.VoteRefused.Reason;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Money;
import ai.king.work.FaultPoints;
import ai.king.work.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions to people and the counting of their votes; votes on one question come one after the other by its version. */
final class ApprovalDesk implements Approvals {

    private static final Duration EXPIRY = Duration.ofHours(24);
    private static final Duration EXPIRY_EXTERNAL = Duration.ofHours(12);
    private static final int ATTEMPTS = 5;
    private static final List<Approval.Status> OPEN = List.of(Approval.Status.PENDING, Approval.Status.PARTIAL);

    private final Store store;
    private final Predicate<String> legalApprover;
    private final Function<String, DecisionListener> listeners;

    /** @param legalApprover whether a user now holds {@code legal-approver}
     * @param listeners the engine whose matter waits, by subject kind; throws when it is not there */
    ApprovalDesk(Store store, Predicate<String> legalApprover, Function<String, DecisionListener> listeners) {
        this.store = store;
        this.legalApprover = legalApprover;
        this.listeners = listeners;
    }

    @Override
    public Approval open(Tx tx, Question question) {
        boolean legal = question.type() == Approval.Type.LEGAL;
        int approvers = legal || question.risk().compareTo(Risk.HIGH) >= 0 ? 2 : 1;
        return open(tx, question, approvers, legal);
    }

    /** Opens a question of which the number of people is already known. */
    Approval open(Tx tx, Question question, int approvers, boolean legal) {
        Approval approval = tx.insert(drawUp(store.newId(), tx.now(), question, approvers, legal));
        tx.record(
                "approval.required",
                approval.id(),
                Map.of(
                        "subject", approval.subject(),
                        "risk", approval.risk().name(),
                        "payloadSha256", approval.payloadSha256()));
        announce(tx, approval, "approval.required");
        return approval;
    }

    /** The question as it would be stored. */
    static Approval drawUp(String id, Instant now, Question question, int approvers, boolean legal) {
        Duration life = question.type() == Approval.Type.EXTERNAL ? EXPIRY_EXTERNAL : EXPIRY;
        return new Approval(
                id,
                question.type(),
                question.title(),
                question.description(),
                question.risk(),
                Risk.CRITICAL.ordinal() - question.risk().ordinal(),
                question.riskFactors(),
                question.payload(),
                Json.digest(question.payload()),
                question.amount().map(Money::amount).orElse(null),
                question.amount().map(Money::currency).orElse(null),
                Approval.Status.PENDING,
                approvers,
                legal,
                question.subjectKind(),
                question.subject(),
                question.goalId().orElse(null),
                question.businessId().orElse(null),
                question.requestedBy(),
                question.proposer().orElse(null),
                now,
                now.plus(life),
                now.plus(life.dividedBy(2)),
                null,
                0);
    }

    @Override
    public Page<Approval> page(Filter filter, @Nullable String cursor, int limit) {
        Query<Approval> query = Query.of(Approval.class);
        if (filter.open()) {
            query = query.in("status", OPEN);
        }
        query = filter.status().isPresent()
                ? query.where("status", filter.status().get())
                : query;
        query = filter.risk().isPresent() ? query.where("risk", filter.risk().get()) : query;
        query = filter.type().isPresent() ? query.where("type", filter.type().get()) : query;
        // Without an order they come by id, which is by age, too, and the indexes of the lists are in that order.
        query = filter.open() ? query.ascending("urgency").ascending("createdAt") : query;
        Query<Approval> page = query.page(cursor, limit);
        return store.read(reader -> reader.page(page));
    }

    @Override
    public Optional<Approval> find(String id) {
        return store.read(reader -> reader.find(Approval.class, id));
    }

    @Override
    public List<Vote> votes(String approvalId) {
        return store.read(reader -> reader.list(votesOf(approvalId)));
    }

    @Override
    public Approval vote(Identity voter, String id, Vote.Decision decision, String notes, String payloadSha256) {
        for (int attempt = 1; ; attempt++) {
            try {
                Approval counted =
                        store.write(voter.actor(), tx -> vote(tx, voter, id, decision, notes, payloadSha256));
                FaultPoints.hit("approval.voted");
                return counted;
            } catch (StaleRow e) {
                // Another vote, or the goal's own work, came first: counted again on what there is now.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Approval vote(
            Tx tx, Identity voter, String id, Vote.Decision decision, String notes, String payloadSha256) {
        Approval approval = tx.find(Approval.class, id)
                .orElseThrow(() -> new VoteRefused(Reason.UNKNOWN, "there is no approval " + id));
        // Nobody has voted on a pending one: each vote makes it another.
        List<Vote> earlier = approval.status() == Approval.Status.PENDING ? List.of() : tx.list(votesOf(id));
        check(tx, voter, approval, earlier, payloadSha256);
        Vote vote = new Vote(store.newId(), id, voter.name(), decision, notes, tx.now(), 0);
        List<Vote> all = new ArrayList<>(earlier);
        all.add(vote);
        return count(tx, voter, approval, vote, all);
    }

    private void check(Tx tx, Identity voter, Approval approval, List<Vote> earlier, String payloadSha256) {
        if (!voter.has(Role.APPROVER) && !voter.has(Role.LEGAL_APPROVER)) {
            throw new VoteRefused(Reason.NOT_ALLOWED, "votes need the role approver or legal-approver");
        }
        if (voter.name().equals(approval.proposer())) {
            throw new VoteRefused(Reason.NOT_ALLOWED, "nobody decides a proposal of their own");
        }
        if (approval.approvers() > 1 && voter.name().equals(approval.requestedBy())) {
            throw new VoteRefused(Reason.NOT_ALLOWED, "who asked for it cannot be one of two approvers");
        }
        if (earlier.stream().anyMatch(vote -> vote.approver().equals(voter.name()))) {
            throw new VoteRefused(Reason.ALREADY_VOTED, voter.name() + " has already voted");
        }
        if (approval.status() == Approval.Status.EXPIRED
                || approval.status().open() && !tx.now().isBefore(approval.expiresAt())) {
            throw new VoteRefused(Reason.EXPIRED, "the approval expired at " + approval.expiresAt());
        }
        if (!approval.status().open()) {
            throw new VoteRefused(Reason.CLOSED, "the approval is already " + approval.status());
        }
        if (!approval.payloadSha256().equals(payloadSha256)) {
            throw new VoteRefused(Reason.OTHER_PAYLOAD, "the payload has the SHA-256 " + approval.payloadSha256());
        }
    }

    private Approval count(Tx tx, Identity voter, Approval approval, Vote vote, List<Vote> all) {
        Approval.Status status = status(approval, voter, all);
        Approval changed = tx.update(approval, Decided.as(approval, status, tx.now()));
        tx.insert(vote);
        tx.record(
                "approval.voted",
                approval.id(),
                Map.of(
                        "decision", vote.decision().name(),
                        "status", status.name(),
                        "payloadSha256", approval.payloadSha256()));
        switch (status) {
            case APPROVED -> announce(tx, changed, "approval.granted");
            case REJECTED -> announce(tx, changed, "approval.rejected");
            default -> announce(tx, changed, "approval.partial");
        }
        if (!status.open()) {
            listeners.apply(approval.subjectKind()).decided(tx, changed);
        }
        return changed;
    }

    private Approval.Status status(Approval approval, Identity voter, List<Vote> all) {
        if (all.stream().anyMatch(vote -> vote.decision() == Vote.Decision.REJECT)) {
            return Approval.Status.REJECTED;
        }
        boolean lawful = !approval.legal()
                || voter.has(Role.LEGAL_APPROVER)
                || all.stream()
                        .map(Vote::approver)
                        .anyMatch(name -> !name.equals(voter.name()) && legalApprover.test(name));
        return lawful && all.size() >= approval.approvers() ? Approval.Status.APPROVED : Approval.Status.PARTIAL;
    }

    @Override
    public void close(Tx tx, String id, String reason) {
        tx.lock(Approval.class, id).filter(approval -> approval.status().open()).ifPresent(approval -> {
            Approval closed = tx.update(approval, Decided.as(approval, Approval.Status.EXPIRED, tx.now()));
            tx.record("approval.closed", id, Map.of("reason", reason));
            announce(tx, closed, "approval.expired");
        });
    }

    /** Ends the open question when its time is over, and tells the engine whose matter waits; false when it is not so. */
    boolean expire(Tx tx, String id) {
        Optional<Approval> late = locked(tx, id)
                .filter(approval -> approval.status().open() && !tx.now().isBefore(approval.expiresAt()));
        late.ifPresent(approval -> {
            Approval expired = tx.update(approval, Decided.as(approval, Approval.Status.EXPIRED, tx.now()));
            tx.record("approval.expired", id, Map.of("subject", approval.subject()));
            announce(tx, expired, "approval.expired");
            listeners.apply(approval.subjectKind()).decided(tx, expired);
        });
        return late.isPresent();
    }

    /** Sends the reminder that is due at half time, once; false when it is not so. */
    boolean remind(Tx tx, String id) {
        Optional<Approval> open =
                tx.lock(Approval.class, id).filter(approval -> approval.status().open() && approval.remindAt() != null);
        open.ifPresent(approval -> {
            Approval reminded = tx.update(approval, Decided.reminded(approval));
            tx.record("approval.reminded", id, Map.of("subject", approval.subject()));
            announce(tx, reminded, "approval.reminder");
        });
        return open.isPresent();
    }

    /** Open questions whose instant {@code field} lies in the past. */
    List<String> due(String field) {
        Instant now = store.clock().instant();
        return store.read(
                reader -> reader
                        .list(Query.of(Approval.class)
                                .in("status", OPEN)
                                .where(field, Query.Comparison.LESS_OR_EQUAL, now))
                        .stream()
                        .map(Approval::id)
                        .toList());
    }

    /** Locks the goal before the approval, in the order in which the goal's own work does: so they never wait in a circle. */
    private static Optional<Approval> locked(Tx tx, String id) {
        Optional<Approval> seen = tx.find(Approval.class, id);
        seen.map(Approval::goalId).ifPresent(goal -> tx.lock(Goal.class, goal));
        return seen.isEmpty() ? seen : tx.lock(Approval.class, id);
    }

    private static Query<Vote> votesOf(String approvalId) {
        return Query.of(Vote.class).where("approvalId", approvalId).ascending("at");
    }

    private static void announce(Tx tx, Approval approval, String event) {
        List<String> channels = new ArrayList<>(List.of("global"));
        Optional.ofNullable(approval.goalId()).ifPresent(id -> channels.add("goal:" + id));
        Optional.ofNullable(approval.businessId()).ifPresent(id -> channels.add("business:" + id));
        Map<String, Object> data = new java.util.LinkedHashMap<>();
        data.put("approvalId", approval.id());
        data.put("title", approval.title());
        data.put("status", approval.status().name());
        data.put("risk", approval.risk().name());
        data.put("subject", approval.subject());
        Optional.ofNullable(approval.goalId()).ifPresent(id -> data.put("goalId", id));
        tx.enqueue(event, data, channels.toArray(String[]::new));
    }
}
