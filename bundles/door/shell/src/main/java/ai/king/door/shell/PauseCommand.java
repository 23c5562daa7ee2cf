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

/** Stops effects from starting, on every node; calls under way end. */
@Service
@Command(
        scope = "king",
        name = "pause",
        description = "Stops effects from starting, on every node; calls under way end")
public final class PauseCommand implements Action {

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
        Objects.requireNonNull(controls).pause(Person.with(Objects.requireNonNull(users), Role.OPERATOR));
        Print.to(Objects.requireNonNull(session)).println(controls.paused() ? "paused" : "running");
        return null;
    }
}
