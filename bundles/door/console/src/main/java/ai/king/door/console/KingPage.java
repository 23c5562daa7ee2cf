/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.evolution.Evolution;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.plug.Routes;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goals;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The page of the web console: what works, what waits for a person, what runs. The console has logged the person in; votes
 * count as that person's, on exactly the payload that the page showed.
 */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + KingPage.LABEL,
            "felix.webconsole.title=King AI",
            "felix.webconsole.category=King AI"
        })
public final class KingPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king";

    private static final int NOTES = 2_000;

    private final transient Users users;
    private final transient Approvals approvals;
    private final transient Sections sections;
    private final transient Abilities abilities;
    private final transient Seal seal = new Seal();

    @Activate
    public KingPage(
            @Reference Users users,
            @Reference Goals goals,
            @Reference Approvals approvals,
            @Reference Routes routes,
            @Reference Evolution evolution,
            @Reference Controls controls,
            @Reference Agents agents,
            @Reference Tools tools) {
        this.users = users;
        this.approvals = approvals;
        this.sections = new Sections(goals, approvals, routes, evolution, controls);
        this.abilities = new Abilities(agents, tools);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        Html page = new Html();
        sections.style(page);
        try {
            write(page, request);
        } catch (StoreUnavailable e) {
            page.raw("<p class=\"note bad\">The store does not answer: ")
                    .text(e.getMessage())
                    .raw("</p>");
        }
        response.getWriter().write(page.raw("</div>").toString());
    }

    private void write(Html page, HttpServletRequest request) {
        Optional<Identity> person = Console.person(request, users);
        String said = request.getParameter("said");
        if (said != null) {
            page.raw("<p class=\"note\">").text(said).raw("</p>");
        }
        if (person.isEmpty()) {
            page.raw("<p class=\"note bad\">This login belongs to no user of the platform.</p>");
            return;
        }
        String rejecting = request.getParameter("reject");
        if (rejecting != null) {
            sections.rejection(page, rejecting, seal.of(person.get().name(), rejecting));
            return;
        }
        sections.top(page, person.get());
        sections.approvals(page, approval -> seal.of(person.get().name(), approval));
        sections.goals(page);
        sections.routes(page);
        sections.proposals(page);
        abilities.agents(page);
        abilities.tools(page);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Identity> person = Console.person(request, users);
        String id = Console.parameter(request, "approval");
        if (person.isEmpty()
                || !seal.fits(Console.parameter(request, "seal"), person.get().name(), id)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "this form was not made for you; load the page again");
            return;
        }
        back(response, vote(person.get(), id, request));
    }

    private String vote(Identity person, String id, HttpServletRequest request) {
        if (!person.has(Role.APPROVER) && !person.has(Role.LEGAL_APPROVER)) {
            return "Nothing was decided: this needs the role approver.";
        }
        String notes = Console.parameter(request, "notes").strip();
        boolean approve = Console.parameter(request, "decision").equals("approve");
        if (!approve && notes.isEmpty()) {
            return "Nothing was decided: a rejection says why.";
        }
        try {
            return "Counted: the approval is now "
                    + approvals
                            .vote(
                                    person,
                                    id,
                                    approve ? Vote.Decision.APPROVE : Vote.Decision.REJECT,
                                    notes.length() > NOTES ? notes.substring(0, NOTES) : notes,
                                    Console.parameter(request, "sha256"))
                            .status()
                    + ".";
        } catch (VoteRefused e) {
            return "Nothing was decided: " + e.getMessage();
        } catch (StoreUnavailable e) {
            return "Nothing was decided: the store does not answer.";
        }
    }

    /** After a vote the page is loaded anew, so that loading it again does not vote again. */
    private static void back(HttpServletResponse response, String said) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", LABEL + "?said=" + URLEncoder.encode(said, StandardCharsets.UTF_8));
    }
}
