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
import java.util.List;
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
    private final transient SiteSwitch site;
    private final transient Cancellation cancellation;
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
        this.site = new SiteSwitch(controls);
        this.cancellation = new Cancellation(goals);
        this.sections = new Sections(goals, ballot, routes, evolution, site, cancellation);
        this.abilities = new Abilities(agents, tools);
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        if (asksAgain(page, person, request)) {
            return;
        }
        sections.top(page, person);
        sections.approvals(page, approval -> seal(person, approval));
        sections.goals(page, person);
        sections.routes(page);
        sections.proposals(page);
        abilities.agents(page);
        abilities.tools(page);
    }

    /** The pages that ask before something is done that a slip of the hand must not do. */
    private boolean asksAgain(Html page, Identity person, HttpServletRequest request) {
        String rejecting = Console.parameter(request, "reject");
        String turning = Console.parameter(request, SiteSwitch.FIELD);
        String cancelling = Console.parameter(request, "cancel");
        if (!rejecting.isEmpty()) {
            sections.rejection(page, rejecting, seal(person, rejecting));
        } else if (!turning.isEmpty()) {
            site.ask(page, turning, seal(person, SiteSwitch.FIELD + ":" + turning));
        } else if (!cancelling.isEmpty()) {
            cancellation.ask(page, cancelling, seal(person, Cancellation.FIELD + ":" + cancelling));
        }
        return !(rejecting.isEmpty() && turning.isEmpty() && cancelling.isEmpty());
    }

    @Override
    String matter(HttpServletRequest request) {
        for (String field : List.of(SiteSwitch.FIELD, Cancellation.FIELD)) {
            String value = Console.parameter(request, field);
            if (!value.isEmpty()) {
                return field + ":" + value;
            }
        }
        return Console.parameter(request, "approval");
    }

    @Override
    String act(Identity person, HttpServletRequest request) {
        String turning = Console.parameter(request, SiteSwitch.FIELD);
        String cancelling = Console.parameter(request, Cancellation.FIELD);
        Answered answered;
        if (!turning.isEmpty()) {
            answered = site.turn(person, turning);
        } else if (!cancelling.isEmpty()) {
            answered = cancellation.cancel(person, cancelling);
        } else {
            answered = ballot.vote(person, matter(request), request);
        }
        return LABEL + "?" + answered.query();
    }
}
