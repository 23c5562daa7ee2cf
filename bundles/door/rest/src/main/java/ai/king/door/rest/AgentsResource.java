/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.agents.Agents;
import ai.king.business.Businesses;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Agents, their generations, and tasks asked of one of them. */
@Path("/agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AgentsResource {

    /** How long an answer is waited for; what comes later is fetched with the goal's id. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final Engines engines;

    AgentsResource(Engines engines) {
        this.engines = engines;
    }

    /** An agent as lists show it. */
    public record AgentView(
            String name,
            String description,
            List<String> capabilities,
            String risk,
            List<GenerationView> generations) {}

    /** One generation of a plug. */
    public record GenerationView(
            String id,
            String version,
            long bundleId,
            int weight,
            String state,
            int inFlight,
            long calls,
            long errors,
            double p50Millis,
            double p95Millis,
            double p99Millis) {
        static GenerationView of(Route route) {
            return new GenerationView(
                    route.generation().id(),
                    route.generation().version(),
                    route.generation().bundleId(),
                    route.weight(),
                    route.state().name(),
                    route.inFlight(),
                    route.calls(),
                    route.errors(),
                    route.p50Millis(),
                    route.p95Millis(),
                    route.p99Millis());
        }
    }

    /** A task: a capability of the agent by its name, or a sentence. */
    public record NewTask(@Nullable String task, @Nullable Map<String, Object> input, @Nullable String businessId) {}

    @GET
    @Needs(Role.VIEWER)
    @Says("The agents with their generations")
    public Items<AgentView> list() {
        return Items.all(engines.get(Agents.class).list(), this::view);
    }

    @GET
    @Path("/{name}")
    @Needs(Role.VIEWER)
    @Says("An agent with its generations")
    public AgentView get(@PathParam("name") String name) {
        return view(find(name));
    }

    @POST
    @Path("/{name}/tasks")
    @Needs(Role.OPERATOR)
    @Says(
            value = "Asks one agent for one task, which is a goal of one step, and waits for how it ends; "
                    + "202 when it is still at work after that",
            type = TaskView.class,
            oneWrite = true)
    public Response task(@PathParam("name") String name, NewTask body, @Context Caller caller) {
        Agents.Described agent = find(name);
        String text = body.task() == null ? "" : body.task();
        new Checks()
                .needed(body.task(), "/task")
                .atMost(body.task(), GoalsResource.TEXT_LIMIT, "/task")
                .expect(
                        body.businessId() == null
                                || engines.get(Businesses.class)
                                        .find(body.businessId())
                                        .isPresent(),
                        "/businessId",
                        "no such business")
                .pass();
        boolean skill = agent.capabilities().stream()
                .anyMatch(capability -> skill(capability).equals(text));
        Goals goals = engines.get(Goals.class);
        Goal filed = goals.submitTask(
                caller.actor(),
                name,
                skill ? text : "",
                text,
                body.input() == null ? Map.of() : body.input(),
                body.businessId());
        Goals.Standing end = goals.awaitStanding(filed.id(), PATIENCE);
        TaskView view = TaskView.of(end.goal(), end.steps().stream().findFirst().orElse(null));
        return Response.status(view.outcome().equals("RUNNING") ? 202 : 200)
                .entity(view)
                .build();
    }

    /** The name of a capability that is written {@code name: one sentence}. */
    private static String skill(String capability) {
        int colon = capability.indexOf(':');
        return colon < 0 ? capability : capability.substring(0, colon).strip();
    }

    private AgentView view(Agents.Described agent) {
        return new AgentView(
                agent.name(),
                agent.description(),
                agent.capabilities(),
                agent.risk(),
                engines.get(Routes.class).of("Agent", agent.name()).stream()
                        .map(GenerationView::of)
                        .toList());
    }

    private Agents.Described find(String name) {
        return engines.get(Agents.class).list().stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("agent", name));
    }
}
