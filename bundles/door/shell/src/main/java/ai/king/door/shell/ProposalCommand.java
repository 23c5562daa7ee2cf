/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.evolution.Evolution;
import ai.king.evolution.Expectation;
import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import ai.king.store.Outbox;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows a proposal with its findings; -f follows it to its end. */
@Service
@Command(
        scope = "king",
        name = "proposal",
        description = "Shows a proposal with its findings; -f follows it to its end")
public final class ProposalCommand implements Action {

    private static final Set<Proposal.Status> ENDED = EnumSet.of(
            Proposal.Status.COMPLETED,
            Proposal.Status.FAILED,
            Proposal.Status.REJECTED,
            Proposal.Status.WITHDRAWN,
            Proposal.Status.ROLLED_BACK);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Evolution evolution;

    @Reference
    @Nullable
    Outbox outbox;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "id", description = "The proposal", required = true)
    @Completion(ProposalIds.class)
    String id = "";

    @Option(name = "-f", aliases = "--follow", description = "Go on until it has ended")
    boolean follow;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        Proposal seen = find();
        show(seen);
        while (follow
                && !ENDED.contains(seen.status())
                && !Thread.currentThread().isInterrupted()) {
            pause();
            Proposal now = find();
            if (now.version() != seen.version()) {
                line(now);
            }
            seen = now;
        }
        return null;
    }

    private Proposal find() {
        return Objects.requireNonNull(evolution)
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("no proposal " + id));
    }

    /** Until something happens anywhere, which wakes this early; an interrupt from the keyboard ends the following. */
    private void pause() {
        try {
            Outbox events = Objects.requireNonNull(outbox);
            events.await(events.last(), LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Proposal proposal) {
        PrintStream out = Print.to(Objects.requireNonNull(session));
        out.println(proposal.kind() + " by " + proposal.author() + ", risk " + proposal.risk() + ": "
                + Print.line(proposal.title(), 200));
        ShellTable table = Print.table("not checked yet", "Check", "Verdict", "Detail");
        for (Finding finding : proposal.findings()) {
            table.addRow().addContent(finding.check(), finding.verdict(), Print.line(finding.detail(), 100));
        }
        table.print(out);
        Objects.requireNonNull(evolution).expectation(proposal.id()).ifPresent(one -> out.println(expected(one)));
        line(proposal);
    }

    private static String expected(Expectation one) {
        String before = one.metric() + " of " + one.subject() + ": "
                + one.baseline().stripTrailingZeros().toPlainString() + " " + one.unit() + " of " + one.samples();
        BigDecimal measured = one.measured();
        String since = measured == null
                ? ""
                : ", since then " + measured.stripTrailingZeros().toPlainString() + " of " + one.measuredSamples();
        return "Expected less " + Print.line(before, 200) + since + (one.outcome() == null ? "" : ": " + one.outcome());
    }

    private void line(Proposal proposal) {
        Print.to(Objects.requireNonNull(session))
                .println(Print.time(proposal.statusSince()) + "  " + proposal.status()
                        + (proposal.reason().isEmpty() ? "" : "  " + Print.line(proposal.reason(), 200))
                        + (proposal.approvalId() == null ? "" : "  approval " + proposal.approvalId())
                        + (proposal.canary() == null ? "" : "  canary " + Print.text(proposal.canary())));
    }
}
