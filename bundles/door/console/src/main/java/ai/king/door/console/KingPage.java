/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.evolution.Evolution;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.plug.Routes;
import ai.king.work.Goals;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
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
public final class KingPage extends FormPage {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king";

    private final transient Ballot ballot;
    private final transient Sections sections;
    private final transient Abilities abilities;

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
        super(users);
        this.ballot = new Ballot(approvals);
        this.sections = new Sections(goals, ballot, routes, evolution, controls);
        this.abilities = new Abilities(agents, tools);
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        String rejecting = request.getParameter("reject");
        if (rejecting != null) {
            sections.rejection(page, rejecting, seal(person, rejecting));
            return;
        }
        sections.top(page, person);
        sections.approvals(page, approval -> seal(person, approval));
        sections.goals(page);
        sections.routes(page);
        sections.proposals(page);
        abilities.agents(page);
        abilities.tools(page);
    }

    @Override
    String matter(HttpServletRequest request) {
        return Console.parameter(request, "approval");
    }

    @Override
    String act(Identity person, HttpServletRequest request) {
        return LABEL + "?" + ballot.vote(person, matter(request), request).query();
    }
}
