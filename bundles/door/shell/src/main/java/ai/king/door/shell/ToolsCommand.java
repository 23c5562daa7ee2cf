/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Tools;
import ai.king.tool.ToolSpec;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the tools, also those that miss something. */
@Service
@Command(scope = "king", name = "tools", description = "Lists the tools, also those that miss something")
public final class ToolsCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Tools tools;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        ShellTable table = Print.table("no tools", "Name", "State", "Effect", "What it does, or misses");
        for (Tools.Described tool : Objects.requireNonNull(tools).list()) {
            String missing = String.join("; ", tool.missing());
            table.addRow()
                    .addContent(
                            Print.line(tool.name(), 60),
                            tool.state(),
                            tool.spec().map(spec -> spec.effect().name()).orElse(""),
                            Print.line(
                                    missing.isEmpty()
                                            ? tool.spec()
                                                    .map(ToolSpec::description)
                                                    .orElse("")
                                            : "misses " + missing,
                                    110));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
