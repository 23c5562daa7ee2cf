/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Memories;
import ai.king.memory.Recalled;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows what a business remembers, finds in it, and makes it forget. */
@Service
@Command(
        scope = "king",
        name = "memory",
        description =
                "Shows what a business remembers: the newest entries, the nearest to a text, the summaries; without a"
                        + " business how the indexes stand")
public final class MemoryCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Memories memories;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "business", description = "The business, by its id")
    @Nullable
    String business;

    @Argument(index = 1, name = "text", description = "Finds what is nearest to this text")
    @Nullable
    String text;

    @Option(name = "-s", aliases = "--summaries", description = "Shows what older entries were condensed to")
    boolean summaries;

    @Option(name = "-n", aliases = "--number", description = "Entries at most, 1 to 100")
    int number = 20;

    @Option(name = "--forget", description = "Removes this entry, by its id")
    @Nullable
    String forget;

    @Override
    public @Nullable Object execute() {
        Identity person = Person.with(Objects.requireNonNull(users), forget == null ? Role.VIEWER : Role.OPERATOR);
        Memories all = Objects.requireNonNull(memories);
        Session here = Objects.requireNonNull(session);
        if (business == null) {
            indexes(all, here);
            return null;
        }
        String namespace = Memories.business(business);
        if (forget != null) {
            all.forget(person.actor(), namespace, List.of(forget));
            Print.to(here).println("forgotten");
            return null;
        }
        entries(here, found(all, namespace));
        return null;
    }

    private List<Recalled> found(Memories all, String namespace) {
        if (summaries) {
            return all.summaries(namespace, number);
        }
        return text == null ? all.recent(namespace, Map.of(), number) : all.recall(namespace, text, Map.of(), number);
    }

    private static void entries(Session here, List<Recalled> found) {
        ShellTable table = Print.table("nothing is remembered", "Id", "At", "Writer", "Near", "Outside", "Text");
        for (Recalled each : found) {
            table.addRow()
                    .addContent(
                            each.entry().id(),
                            Print.time(each.entry().at()),
                            Print.line(each.entry().writer(), 30),
                            String.format(Locale.ROOT, "%.2f", each.score()),
                            each.entry().marked() ? "yes" : "",
                            Print.line(each.entry().text(), 160));
        }
        table.print(Print.to(here));
    }

    private static void indexes(Memories all, Session here) {
        ShellTable table =
                Print.table("no memory is installed", "Memory", "Generation", "Knows all", "Asked first", "Trouble");
        for (Memories.Index index : all.indexes()) {
            table.addRow()
                    .addContent(
                            index.name(),
                            index.generation(),
                            index.current() ? "yes" : "no",
                            index.serving() ? "yes" : "",
                            Print.text(index.trouble()));
        }
        table.print(Print.to(here));
    }
}
