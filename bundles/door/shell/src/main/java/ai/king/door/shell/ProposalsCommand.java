/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists proposals, newest first. */
@Service
@Command(scope = "king", name = "proposals", description = "Lists proposals, newest first")
public final class ProposalsCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Evolution evolution;

    @Reference
    @Nullable
    Session session;

    @Option(name = "-n", aliases = "--limit", description = "Rows at most, 1 to 500")
    int limit = 25;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        ShellTable table = Print.table("no proposals", "Id", "Kind", "Status", "Risk", "By", "Since (UTC)", "Title");
        for (Proposal proposal :
                Objects.requireNonNull(evolution).page(null, limit).items()) {
            table.addRow()
                    .addContent(
                            proposal.id(),
                            proposal.kind(),
                            proposal.status(),
                            proposal.risk(),
                            proposal.author(),
                            Print.time(proposal.statusSince()),
                            Print.line(proposal.title(), 60));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
