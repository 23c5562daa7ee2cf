/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Agents;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the agents with their skills. */
@Service
@Command(scope = "king", name = "agents", description = "Lists the agents with their skills")
public final class AgentsCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Agents agents;

    @Reference
    @Nullable
    Routes routes;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        ShellTable table = Print.table(
                "no agents", "Name", "Risk", "Versions", "In flight", "Calls", "Errors", "Skills", "What it is for");
        for (Agents.Described agent : Objects.requireNonNull(agents).list()) {
            List<Route> found = Objects.requireNonNull(routes).of("Agent", agent.name());
            table.addRow()
                    .addContent(
                            agent.name(),
                            agent.risk(),
                            found.stream()
                                    .map(route -> route.generation().version() + " " + route.state() + " "
                                            + route.weight() + "%")
                                    .collect(Collectors.joining(", ")),
                            found.stream().mapToInt(Route::inFlight).sum(),
                            found.stream().mapToLong(Route::calls).sum(),
                            found.stream().mapToLong(Route::errors).sum(),
                            Print.line(skills(agent), 160),
                            Print.line(agent.description(), 60));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }

    /** The names of its capabilities; each is written {@code name: one sentence}. */
    private static String skills(Agents.Described agent) {
        return agent.capabilities().stream()
                .map(capability -> capability.split(":", 2)[0].strip())
                .collect(Collectors.joining(", "));
    }
}
