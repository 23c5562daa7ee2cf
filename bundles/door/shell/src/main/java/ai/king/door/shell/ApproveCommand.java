/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Approves what an approval shows. */
@Service
@Command(scope = "king", name = "approve", description = "Approves what an approval shows")
public final class ApproveCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Approvals approvals;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "id", description = "The approval", required = true)
    @Completion(ApprovalIds.class)
    String id = "";

    @Option(name = "-m", aliases = "--notes", description = "Why", required = false)
    String notes = "";

    @Option(name = "-y", aliases = "--yes", description = "Do not ask again")
    boolean yes;

    @Override
    public @Nullable Object execute() {
        Identity person = Person.with(Objects.requireNonNull(users), Role.APPROVER, Role.LEGAL_APPROVER);
        new Decisions(Objects.requireNonNull(session), Objects.requireNonNull(approvals))
                .decide(person, id, Vote.Decision.APPROVE, notes, yes);
        return null;
    }
}
