/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.agents.Agents;
import ai.king.business.Businesses;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Evolution;
import ai.king.gate.Gate;
import ai.king.gate.Setting;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

/** Whether this node lives, and whether it can serve. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

    private static final List<Class<?>> NEEDED =
            List.of(Goals.class, Gate.class, Agents.class, Businesses.class, Evolution.class);
    private static final long NEEDED_BYTES = 50L * 1024 * 1024;

    private final Engines engines;
    private final Installation installation;

    HealthResource(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
    }

    /** What a health endpoint answers. */
    public record NodeHealth(String status, List<Check> checks) {}

    /** One thing that was looked at. */
    public record Check(String name, String status, String detail) {
        static Check of(String name, boolean up, String detail) {
            return new Check(name, up ? "UP" : "DOWN", detail);
        }
    }

    @GET
    @Path("/live")
    @Needs(value = Role.VIEWER, open = true)
    @Says("The process answers")
    public NodeHealth live() {
        return new NodeHealth("UP", List.of());
    }

    @GET
    @Path("/ready")
    @Needs(value = Role.VIEWER, open = true)
    @Says(value = "Everything that serving needs is there; 503 with what is not", type = NodeHealth.class)
    public Response ready() {
        List<Check> checks = new ArrayList<>();
        checks.add(store());
        checks.add(engines());
        checks.add(release());
        checks.add(Check.of(
                "disk",
                installation.freeBytes() >= NEEDED_BYTES,
                installation.freeBytes() / (1024 * 1024) + " MiB free"));
        boolean up = checks.stream().allMatch(check -> check.status().equals("UP"));
        Response.ResponseBuilder answer =
                Response.status(up ? 200 : 503).entity(new NodeHealth(up ? "UP" : "DOWN", checks));
        return up ? answer.build() : answer.header("Retry-After", 2).build();
    }

    private Check store() {
        Optional<Store> store = engines.find(Store.class);
        if (store.isEmpty()) {
            return Check.of("store", false, "not started");
        }
        try {
            store.get().read(reader -> reader.find(Setting.class, "paused"));
            return Check.of("store", true, "answers");
        } catch (StoreUnavailable e) {
            return Check.of("store", false, "does not answer");
        }
    }

    private Check engines() {
        List<String> missing = NEEDED.stream()
                .filter(type -> engines.find(type).isEmpty())
                .map(Class::getSimpleName)
                .toList();
        return Check.of("engines", missing.isEmpty(), missing.isEmpty() ? "all there" : "missing: " + missing);
    }

    private Check release() {
        Optional<Nodes> nodes = engines.find(Nodes.class);
        if (nodes.isEmpty()) {
            return Check.of("release", false, "not started");
        }
        try {
            Optional<Node> self = nodes.get().alive().stream()
                    .filter(node -> node.id().equals(nodes.get().self()))
                    .findFirst();
            return self.map(node -> node.error().isEmpty()
                            ? Check.of("release", node.applied() > 0, "release " + node.applied())
                            : Check.of("release", false, node.error()))
                    .orElseGet(() -> Check.of("release", false, "this node has not announced itself"));
        } catch (StoreUnavailable e) {
            return Check.of("release", false, "the store does not answer");
        }
    }
}
