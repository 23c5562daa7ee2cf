/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the users and their roles. */
@Service
@Command(scope = "king", name = "users", description = "Lists the users and their roles")
public final class UsersCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.ADMIN);
        ShellTable table = Print.table("no users", "Name", "Roles");
        for (Identity user : Objects.requireNonNull(users).list()) {
            table.addRow()
                    .addContent(
                            user.name(),
                            user.roles().stream().map(Role::label).sorted().collect(Collectors.joining(" ")));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
