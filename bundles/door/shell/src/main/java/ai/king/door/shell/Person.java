/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import java.security.AccessController;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Who is logged in to this shell, with the roles that the platform knows now. */
final class Person {

    private Person() {}

    /** The person, when one of the roles is held; viewing is part of every role. */
    static Identity with(Users users, Role... roles) {
        Identity person = name().flatMap(users::find)
                .orElseThrow(() -> new SecurityException("this session belongs to no user of the platform"));
        boolean may = Arrays.stream(roles)
                .anyMatch(role -> role == Role.VIEWER ? !person.roles().isEmpty() : person.has(role));
        if (!may) {
            throw new SecurityException("this needs the role "
                    + Arrays.stream(roles).map(Role::label).collect(Collectors.joining(" or ")));
        }
        return person;
    }

    /** The name that the login left in the subject; a variable of the session would be anybody's to set. */
    @SuppressWarnings({"deprecation", "removal"})
    private static Optional<String> name() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return subject == null
                ? Optional.empty()
                : subject.getPrincipals(UserPrincipal.class).stream()
                        .map(UserPrincipal::getName)
                        .findFirst();
    }
}
