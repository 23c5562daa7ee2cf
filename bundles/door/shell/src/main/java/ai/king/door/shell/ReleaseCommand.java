/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows what should run; without a number the permanent release. */
@Service
@Command(
        scope = "king",
        name = "release",
        description = "Shows what should run; without a number the permanent release")
public final class ReleaseCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Evolution evolution;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "number", description = "The release", required = false)
    String number = "";

    @Override
    public @Nullable Object execute() {
        Person.with(Objects.requireNonNull(users), Role.VIEWER);
        Evolution known = Objects.requireNonNull(evolution);
        Pointer pointer = known.pointer();
        long no = number.isEmpty() ? pointer.permanent() : Long.parseLong(number);
        Release release = known.release(no).orElseThrow(() -> new NoSuchElementException("no release " + no));
        Print.to(Objects.requireNonNull(session))
                .println("release " + no + " of " + Print.time(release.at()) + ", permanent " + pointer.permanent()
                        + (pointer.trial() == null
                                ? ""
                                : ", on trial " + pointer.trial() + " at " + pointer.trialPercent() + "%"));
        ShellTable table = Print.table("nothing runs", "Type", "Name", "Plug", "Version", "Placement", "SHA-256");
        for (Release.Item item : release.items()) {
            String digest = item.bundle();
            table.addRow()
                    .addContent(
                            item.type(),
                            item.name(),
                            item.plug(),
                            item.bundleVersion(),
                            item.placement(),
                            digest.substring(0, Math.min(12, digest.length())));
        }
        table.print(Print.to(Objects.requireNonNull(session)));
        return null;
    }
}
