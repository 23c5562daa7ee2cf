/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Files a goal. */
@Service
@Command(scope = "king", name = "ask", description = "Files a goal")
public final class AskCommand implements Action {

    private static final int TEXT = 20_000;

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Goals goals;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "text", description = "The goal in plain words", required = true)
    String text = "";

    @Option(name = "-b", aliases = "--business", description = "The business that it is about")
    @Nullable
    String business;

    @Override
    public @Nullable Object execute() {
        Identity person = Person.with(Objects.requireNonNull(users), Role.OPERATOR);
        if (text.isBlank() || text.codePointCount(0, text.length()) > TEXT) {
            throw new IllegalArgumentException("a goal has 1 to " + TEXT + " characters");
        }
        Goal goal = Objects.requireNonNull(goals)
                .submit(person.actor(), new Goals.NewGoal(text, business, null, List.of(), false));
        Print.to(Objects.requireNonNull(session)).println(goal.id());
        return null;
    }
}
