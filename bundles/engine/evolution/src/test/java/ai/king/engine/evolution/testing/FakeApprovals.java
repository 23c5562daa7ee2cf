/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.access.Identity;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Opens questions and remembers them; a test decides. */
public final class FakeApprovals implements Approvals {

    private final Store store;
    private final Map<String, Approval> approvals = new ConcurrentHashMap<>();

    public FakeApprovals(Store store) {
        this.store = store;
    }

    @Override
    public Approval open(Tx tx, Question question) {
        Approval approval = new Approval(
                store.newId(),
                question.type(),
                question.title(),
                question.description(),
                question.risk(),
                0,
                question.riskFactors(),
                question.payload(),
                Json.digest(question.payload()),
                null,
                null,
                Approval.Status.PENDING,
                1,
                false,
                question.subjectKind(),
                question.subject(),
                null,
                null,
                question.requestedBy(),
                question.proposer().orElse(null),
                tx.now(),
                tx.now().plus(Duration.ofHours(24)),
                null,
                null,
                0);
        approvals.put(approval.id(), approval);
        return approval;
    }

    /** The approval as it is once it was decided. */
    public Approval decided(String id, Approval.Status status) {
        Approval open = find(id).orElseThrow();
        Approval decided = new Approval(
                open.id(),
                open.type(),
                open.title(),
                open.description(),
                open.risk(),
                open.urgency(),
                open.riskFactors(),
                open.payload(),
                open.payloadSha256(),
                null,
                null,
                status,
                1,
                false,
                open.subjectKind(),
                open.subject(),
                null,
                null,
                open.requestedBy(),
                open.proposer(),
                open.createdAt(),
                open.expiresAt(),
                null,
                open.createdAt(),
                1);
        approvals.put(id, decided);
        return decided;
    }

    @Override
    public Page<Approval> page(Filter filter, @Nullable String cursor, int limit) {
        return new Page<>(List.copyOf(approvals.values()), null);
    }

    @Override
    public Optional<Approval> find(String id) {
        return Optional.ofNullable(approvals.get(id));
    }

    @Override
    public List<Vote> votes(String approvalId) {
        return List.of();
    }

    @Override
    public Approval vote(Identity voter, String id, Vote.Decision decision, String notes, String payloadSha256) {
        throw new UnsupportedOperationException("a test decides through decided");
    }

    @Override
    public void close(Tx tx, String id, String reason) {
        decided(id, Approval.Status.EXPIRED);
    }
}
