/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.io.PrintStream;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows a goal with its steps. */
@Service
@Command(scope = "king", name = "goal", description = "Shows a goal with its steps")
public final class GoalCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Goals goals;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "id", description = "The goal", required = true)
    @Completion(GoalIds.class)
    String id = "";

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        Goal goal =
                Objects.requireNonNull(goals).find(id).orElseThrow(() -> new NoSuchElementException("no goal " + id));
        PrintStream out = Print.to(Objects.requireNonNull(session));
        out.println(goal.status() + "  " + Print.line(goal.text(), 400));
        if (goal.error() != null) {
            out.println(Print.line(goal.error(), 400));
        }
        ShellTable table = Print.table("no plan yet", "Step", "Agent", "Action", "Status", "Tries", "Waits for");
        for (Step step : goals.steps(id)) {
            String waits =
                    step.approvalId() == null ? String.join("; ", step.missing()) : "approval " + step.approvalId();
            table.addRow()
                    .addContent(
                            step.name(),
                            step.agent(),
                            step.action(),
                            step.status(),
                            step.attempts(),
                            Print.line(step.error() == null ? waits : step.error(), 80));
        }
        table.print(out);
        return null;
    }
}
