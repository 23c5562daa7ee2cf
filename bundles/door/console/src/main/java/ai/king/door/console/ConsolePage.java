/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** A page of the web console in its own frame, whose style touches nothing outside it; for people whom the platform knows. */
abstract class ConsolePage extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Users users;
    private final transient String frame;

    /** @param more style beside what all pages have; its name without {@code .css} is the frame's class, too */
    ConsolePage(Users users, String... more) {
        this.users = users;
        StringBuilder style = new StringBuilder(read("king.css"));
        for (String name : more) {
            style.append(read(name + ".css"));
        }
        frame = "<style>" + style + "</style><div class=\"king " + String.join(" ", more) + "\">";
    }

    /** Writes the page for a person. */
    abstract void write(Html page, Identity person, HttpServletRequest request);

    /** Who the console has logged in, with the roles that the platform knows now. */
    final Optional<Identity> person(HttpServletRequest request) {
        return Console.person(request, users);
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        Html page = new Html().raw(frame);
        note(page, "note", request.getParameter("said"));
        note(page, "note bad", request.getParameter("refused"));
        try {
            person(request)
                    .ifPresentOrElse(
                            person -> write(page, person, request),
                            () -> note(page, "note bad", "This login belongs to no user of the platform."));
        } catch (StoreUnavailable e) {
            note(page, "note bad", "The store does not answer: " + e.getMessage());
        }
        response.getWriter().write(page.raw("</div>").toString());
    }

    static void note(Html page, String look, @Nullable String said) {
        if (said != null) {
            page.raw("<p class=\"" + look + "\">").text(said).raw("</p>");
        }
    }

    /** A value of a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String read(String name) {
        try (InputStream file = ConsolePage.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing in the bundle");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
