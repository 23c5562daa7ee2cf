/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.evolution.Evolution;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Ends a canary and goes back. */
@Service
@Command(scope = "king", name = "abort", description = "Ends a canary and goes back")
public final class AbortCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Evolution evolution;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "id", description = "The proposal", required = true)
    @Completion(ProposalIds.class)
    String id = "";

    @Override
    public @Nullable Object execute() {
        Identity person = Person.with(Objects.requireNonNull(users), Role.APPROVER, Role.LEGAL_APPROVER);
        Print.to(Objects.requireNonNull(session))
                .println(Objects.requireNonNull(evolution).abort(person, id).status());
        return null;
    }
}
