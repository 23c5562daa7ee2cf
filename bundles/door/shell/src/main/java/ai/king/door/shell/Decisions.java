/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.store.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.karaf.shell.api.console.Session;

/** How a person decides in the shell: sees the payload, confirms, and votes on exactly what was shown. */
final class Decisions {

    private final Session session;
    private final Approvals approvals;

    Decisions(Session session, Approvals approvals) {
        this.session = session;
        this.approvals = approvals;
    }

    void decide(Identity person, String id, Vote.Decision decision, String notes, boolean confirmed) {
        Approval shown = approvals.find(id).orElseThrow(() -> new NoSuchElementException("no approval " + id));
        show(shown);
        if (!confirmed && !asked(decision)) {
            Print.to(session).println("nothing was decided");
            return;
        }
        Approval now = approvals.vote(person, id, decision, notes, shown.payloadSha256());
        int left = now.approvers()
                - (int) approvals.votes(id).stream()
                        .filter(vote -> vote.decision() == Vote.Decision.APPROVE)
                        .count();
        Print.to(session).println(now.status() + (now.status().open() ? ", " + left + " more must approve" : ""));
    }

    private void show(Approval approval) {
        PrintStream out = Print.to(session);
        out.println(approval.risk() + " " + approval.type() + ": " + Print.line(approval.title(), 200));
        out.println(Print.line(approval.description(), 1_000));
        approval.riskFactors().forEach(factor -> out.println("- " + Print.line(factor, 200)));
        try {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(approval.payload()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the payload cannot be shown", e);
        }
        out.println("SHA-256 " + approval.payloadSha256());
    }

    private boolean asked(Vote.Decision decision) {
        try {
            String answer = session.readLine(
                    decision == Vote.Decision.APPROVE ? "approve? (yes/no) " : "reject? (yes/no) ", null);
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
