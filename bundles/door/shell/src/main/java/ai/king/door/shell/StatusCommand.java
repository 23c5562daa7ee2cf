/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import java.io.PrintStream;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows the nodes and what they run. */
@Service
@Command(scope = "king", name = "status", description = "Shows the nodes and what they run")
public final class StatusCommand implements Action {

    private static final int MOST = 500;

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Nodes nodes;

    @Reference
    @Nullable
    Controls controls;

    @Reference
    @Nullable
    Evolution evolution;

    @Reference
    @Nullable
    Approvals approvals;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        Pointer pointer = Objects.requireNonNull(evolution).pointer();
        int waiting = Objects.requireNonNull(approvals)
                .page(Approvals.Filter.openQueue(), null, MOST)
                .items()
                .size();
        PrintStream out = Print.to(Objects.requireNonNull(session));
        out.println(
                (Objects.requireNonNull(controls).paused() ? "PAUSED" : "running") + ", release " + pointer.permanent()
                        + (pointer.trial() == null
                                ? ""
                                : ", on trial " + pointer.trial() + " at " + pointer.trialPercent() + "%")
                        + ", " + waiting + (waiting == MOST ? " or more" : "") + " approvals wait");
        ShellTable table =
                Print.table("no nodes", "Node", "Address", "Jail", "Release", "Trial", "Seen (UTC)", "Error");
        for (Node node : Objects.requireNonNull(nodes).alive()) {
            table.addRow()
                    .addContent(
                            node.id() + (node.id().equals(nodes.self()) ? " (this)" : ""),
                            node.address(),
                            node.jailTier(),
                            node.applied(),
                            node.trial() == 0 ? "" : node.trial(),
                            Print.time(node.seenAt()),
                            Print.line(wrong(node), 80));
        }
        table.print(out);
        return null;
    }

    /** What is not there, of the release and of the trial. */
    private static String wrong(Node node) {
        if (node.trialError().isEmpty()) {
            return node.error();
        }
        return (node.error().isEmpty() ? "" : node.error() + "; ") + "trial: " + node.trialError();
    }
}
