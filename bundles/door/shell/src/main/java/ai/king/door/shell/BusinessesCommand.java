/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.business.Business;
import ai.king.business.Businesses;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the businesses. */
@Service
@Command(scope = "king", name = "businesses", description = "Lists the businesses")
public final class BusinessesCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Businesses businesses;

    @Reference
    @Nullable
    Session session;

    @Option(name = "-n", aliases = "--limit", description = "Rows at most, 1 to 500")
    int limit = 25;

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        ShellTable table = Print.table("no businesses", "Id", "Name", "Type", "Stage", "Currency", "Risk profile");
        for (Business business :
                Objects.requireNonNull(businesses).page(null, limit).items()) {
            table.addRow()
                    .addContent(
                            business.id(),
                            Print.line(business.name(), 40),
                            Print.line(business.type(), 30),
                            business.status(),
                            business.currency(),
                            Print.text(business.riskProfile()));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
