/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.util.Locale;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the generations of every plug with weights and calls in flight. */
@Service
@Command(
        scope = "king",
        name = "routes",
        description = "Lists the generations of every plug with weights and calls in flight")
public final class RoutesCommand implements Action {

    @Reference
    @Nullable
    Users users;

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
                "no plugs",
                "Type",
                "Name",
                "Version",
                "Bundle",
                "State",
                "Weight",
                "In flight",
                "Calls",
                "Errors",
                "p50 ms",
                "p99 ms");
        for (Route route : Objects.requireNonNull(routes).all()) {
            table.addRow()
                    .addContent(
                            route.generation().type(),
                            route.generation().name(),
                            route.generation().version(),
                            route.generation().bundleId(),
                            route.state(),
                            route.weight(),
                            route.inFlight(),
                            route.calls(),
                            route.errors(),
                            String.format(Locale.ROOT, "%.1f", route.p50Millis()),
                            String.format(Locale.ROOT, "%.1f", route.p99Millis()));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
