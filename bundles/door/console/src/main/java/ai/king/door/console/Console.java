/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a request of the console says. */
final class Console {

    private Console() {}

    /** Who the console has logged in, with the roles that the platform knows now. */
    static Optional<Identity> person(HttpServletRequest request, Users users) {
        @Nullable Object name = request.getRemoteUser();
        if (name == null) {
            name = request.getAttribute("org.osgi.service.http.authentication.remote.user");
        }
        return name == null ? Optional.empty() : users.find(name.toString());
    }

    static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
