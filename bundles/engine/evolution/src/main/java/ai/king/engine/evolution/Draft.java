/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored proposal with some of its values changed: what happens to it after it was made. */
final class Draft {

    private final Proposal before;
    private Status status;
    private Instant since;
    private String reason;
    private String risk;
    private @Nullable BigDecimal confidence;
    private Map<String, Object> parts;
    private List<Finding> findings;
    private @Nullable String approval;
    private @Nullable Map<String, Object> canary;
    private @Nullable Long release;
    private String placement;
    private @Nullable String bundle;
    private @Nullable String tests;

    private Draft(Proposal before) {
        this.before = before;
        status = before.status();
        since = before.statusSince();
        reason = before.reason();
        risk = before.risk();
        confidence = before.confidence();
        parts = before.confidenceParts();
        findings = before.findings();
        approval = before.approvalId();
        canary = before.canary();
        release = before.release();
        placement = before.placement();
        bundle = before.bundle();
        tests = before.tests();
    }

    static Draft of(Proposal before) {
        return new Draft(before);
    }

    Draft status(Status now, Instant at) {
        status = now;
        since = at;
        return this;
    }

    Draft reason(String why) {
        reason = why;
        return this;
    }

    Draft risk(String level) {
        risk = level;
        return this;
    }

    Draft confidence(BigDecimal overall, Map<String, Object> components) {
        confidence = overall;
        parts = components;
        return this;
    }

    Draft placement(String where) {
        placement = where;
        return this;
    }

    Draft findings(List<Finding> found) {
        findings = List.copyOf(found);
        return this;
    }

    /** The jar that was made of its source, and the jar with its tests. */
    Draft built(String jar, @Nullable String own) {
        bundle = jar;
        tests = own;
        return this;
    }

    Draft approval(String id) {
        approval = id;
        return this;
    }

    Draft canary(@Nullable Map<String, Object> figures) {
        canary = figures;
        return this;
    }

    Draft release(@Nullable Long no) {
        release = no;
        return this;
    }

    Proposal proposal() {
        return new Proposal(
                before.id(),
                before.kind(),
                before.title(),
                before.description(),
                before.origin(),
                before.author(),
                status,
                risk,
                confidence,
                parts,
                before.change(),
                bundle,
                tests,
                placement,
                findings,
                approval,
                canary,
                reason,
                release,
                before.createdAt(),
                since,
                before.version());
    }
}
