/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Tools;
import ai.king.tool.ToolSpec;
import java.io.PrintStream;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the tools, also those that miss something, or shows one of them with the schema of its arguments. */
@Service
@Command(
        scope = "king",
        name = "tools",
        description = "Lists the tools, also those that miss something; with a name shows that tool and its schema")
public final class ToolsCommand implements Action {

    private static final int LONGEST_SCHEMA = 20_000;

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Tools tools;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "name", description = "Shows this tool with the JSON Schema of its arguments")
    @Nullable
    String name;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        String one = name;
        if (one == null) {
            list();
        } else {
            show(one);
        }
        return null;
    }

    private void list() {
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
    }

    private void show(String one) {
        Tools.Described tool = Objects.requireNonNull(tools).list().stream()
                .filter(each -> each.name().equals(one))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tool " + Print.line(one, 60)));
        PrintStream out = Print.to(Objects.requireNonNull(session));
        out.println("name     " + Print.line(tool.name(), 60));
        out.println("state    " + tool.state());
        tool.missing().forEach(missing -> out.println("misses   " + Print.line(missing, 200)));
        tool.spec().ifPresent(spec -> {
            out.println("effect   " + spec.effect());
            out.println("does     " + Print.line(spec.description(), 400));
            out.println("schema   " + Print.line(spec.schema(), LONGEST_SCHEMA));
        });
    }
}
