/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.gate.Controls;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Lets effects start again. */
@Service
@Command(scope = "king", name = "resume", description = "Lets effects start again")
public final class ResumeCommand implements Action {

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Controls controls;

    @Reference
    @Nullable
    Session session;

    @Override
    public @Nullable Object execute() {
        Objects.requireNonNull(controls).resume(Person.with(Objects.requireNonNull(users), Role.ADMIN));
        Print.to(Objects.requireNonNull(session)).println(controls.paused() ? "paused" : "running");
        return null;
    }
}
