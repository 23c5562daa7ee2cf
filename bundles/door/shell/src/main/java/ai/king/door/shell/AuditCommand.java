/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows the ledger, newest first; --verify recomputes its chain. */
@Service
@Command(scope = "king", name = "audit", description = "Shows the ledger, newest first; --verify recomputes its chain")
public final class AuditCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Ledger ledger;

    @Reference
    @Nullable
    Session session;

    @Option(name = "-n", aliases = "--limit", description = "Rows at most, 1 to 500")
    int limit = 25;

    @Option(name = "-v", aliases = "--verify", description = "Recompute the chain")
    boolean verify;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        if (verify) {
            Ledger.Verification found = Objects.requireNonNull(ledger).verify();
            Print.to(Objects.requireNonNull(session))
                    .println((found.valid()
                                    ? "valid"
                                    : "BROKEN at "
                                            + found.firstBroken()
                                                    .map(String::valueOf)
                                                    .orElse("?"))
                            + ", " + found.entries() + " entries, " + found.unsealed() + " not sealed yet");
            return null;
        }
        ShellTable table = Print.table("nothing happened", "Seq", "At (UTC)", "Who", "What", "About");
        for (LedgerEntry entry :
                Objects.requireNonNull(ledger).page(null, limit).items()) {
            table.addRow()
                    .addContent(
                            Print.text(entry.seq()),
                            Print.time(entry.at()),
                            Print.line(entry.actor(), 30),
                            entry.action(),
                            Print.line(entry.subject(), 60));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
