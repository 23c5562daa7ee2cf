/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.Objects;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists goals, newest first. */
@Service
@Command(scope = "king", name = "goals", description = "Lists goals, newest first")
public final class GoalsCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Goals goals;

    @Reference
    @Nullable
    Session session;

    @Option(name = "-n", aliases = "--limit", description = "Rows at most, 1 to 500")
    int limit = 25;

    @Option(name = "-s", aliases = "--status", description = "Only goals of this status")
    @Nullable
    String status;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        Optional<Goal.Status> wanted = Optional.ofNullable(status).map(Goal.Status::valueOf);
        ShellTable table = Print.table("no goals", "Id", "Status", "Mode", "By", "Filed (UTC)", "Goal");
        for (Goal goal : Objects.requireNonNull(goals)
                .page(wanted, Optional.empty(), null, limit)
                .items()) {
            table.addRow()
                    .addContent(
                            goal.id(),
                            goal.status(),
                            Print.text(goal.mode()),
                            goal.requestedBy(),
                            Print.time(goal.createdAt()),
                            Print.line(goal.text(), 60));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
