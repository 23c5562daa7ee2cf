/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists what waits for a decision, the most urgent first. */
@Service
@Command(scope = "king", name = "approvals", description = "Lists what waits for a decision, the most urgent first")
public final class ApprovalsCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Approvals approvals;

    @Reference
    @Nullable
    Session session;

    @Option(name = "-n", aliases = "--limit", description = "Rows at most, 1 to 500")
    int limit = 25;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        ShellTable table = Print.table(
                "nothing waits", "Id", "Risk", "Type", "Status", "People", "Amount", "Until (UTC)", "Title");
        for (Approval approval : Objects.requireNonNull(approvals)
                .page(Approvals.Filter.openQueue(), null, limit)
                .items()) {
            String amount =
                    approval.amount() == null ? "" : approval.amount().toPlainString() + " " + approval.currency();
            table.addRow()
                    .addContent(
                            approval.id(),
                            approval.risk(),
                            approval.type(),
                            approval.status(),
                            approval.approvers(),
                            amount,
                            Print.time(approval.expiresAt()),
                            Print.line(approval.title(), 60));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
