/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A page with forms, each sealed for one person and one matter, so that no other page can send it. */
abstract class FormPage extends ConsolePage {
    private static final long serialVersionUID = 1;

    private final transient Seal seal = new Seal();

    FormPage(Users users, String... more) {
        super(users, more);
    }

    /** What the form was sealed for that came. */
    abstract String matter(HttpServletRequest request);

    /** Does what the form says; where to go then, so that loading the page again does not do it again. */
    abstract String act(Identity person, HttpServletRequest request);

    final String seal(Identity person, String matter) {
        return seal.of(person.name(), matter);
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Identity> person = person(request);
        if (person.isEmpty()
                || !seal.fits(Console.parameter(request, "seal"), person.get().name(), matter(request))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "this form was not made for you; load the page again");
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", act(person.get(), request));
    }
}
