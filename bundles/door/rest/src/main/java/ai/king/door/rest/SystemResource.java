/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.brain.Planner;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Evolution;
import ai.king.evolution.Jail;
import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import ai.king.gate.Controls;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The platform as a whole: its nodes, its mode, its switch, its bundles. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SystemResource {

    private static final String REACT = "REACT";

    private final Engines engines;
    private final Installation installation;

    SystemResource(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
    }

    /** The platform; what an engine that is not there would say is left out. */
    public record SystemView(
            String version,
            @Nullable String node,
            List<NodeView> nodes,
            String mode,
            boolean paused,
            @Nullable JailView jail,
            @Nullable ReleaseState release,
            long uptimeSeconds,
            List<InferenceResource.BackendView> backends,
            List<InferenceResource.BreakerView> breakers) {}

    /** One node with the release that it runs, the one on trial there, and why something of either is not there. */
    public record NodeView(
            String id,
            String address,
            String jailTier,
            long release,
            @Nullable String error,
            @Nullable Long trial,
            @Nullable String trialError,
            Instant seenAt) {
        static NodeView of(Node node) {
            return new NodeView(
                    node.id(),
                    node.address(),
                    node.jailTier(),
                    node.applied(),
                    node.error().isEmpty() ? null : node.error(),
                    node.trial() == 0 ? null : node.trial(),
                    node.trialError().isEmpty() ? null : node.trialError(),
                    node.seenAt());
        }
    }

    /** The confinement of this host; {@code missing} is the command that gives one where there is none. */
    public record JailView(String tier, @Nullable String missing) {}

    /**
     * Which release is permanent and which is on trial; {@code former} is what nodes still run that the permanent one, on its way
     * from node to node, has not reached.
     */
    public record ReleaseState(
            long permanent,
            @Nullable Long trial,
            @Nullable String trialProposal,
            int trialPercent,
            @Nullable Long former) {
        static ReleaseState of(Pointer pointer) {
            return new ReleaseState(
                    pointer.permanent(),
                    pointer.trial(),
                    pointer.trialProposal(),
                    pointer.trialPercent(),
                    pointer.former() == 0 ? null : pointer.former());
        }
    }

    /** One bundle of this node; {@code origin} is {@code release} for what a release brought. */
    public record BundleView(
            long id, String symbolicName, String version, String state, String origin, @Nullable String placement) {}

    /** The state of the switch. */
    public record Switch(boolean paused) {}

    @GET
    @Path("/system")
    @Needs(Role.VIEWER)
    @Says("The platform: version, nodes, mode, jail, release, backends")
    public SystemView system() {
        Optional<Nodes> nodes = engines.find(Nodes.class);
        Optional<Inferences> inferences = engines.find(Inferences.class);
        List<Inferences.Backend> backends = inferences.map(Inferences::backends).orElse(List.of());
        return new SystemView(
                installation.version(),
                nodes.map(Nodes::self).orElse(null),
                nodes.map(Nodes::alive).orElse(List.of()).stream()
                        .map(NodeView::of)
                        .toList(),
                mode(inferences),
                engines.find(Controls.class).map(Controls::paused).orElse(false),
                engines.find(Jail.class)
                        .map(jail -> new JailView(jail.tier(), jail.missing().orElse(null)))
                        .orElse(null),
                engines.find(Evolution.class)
                        .map(evolution -> ReleaseState.of(evolution.pointer()))
                        .orElse(null),
                installation.uptime().toSeconds(),
                backends.stream().map(InferenceResource.BackendView::of).toList(),
                backends.stream().map(InferenceResource.BreakerView::of).toList());
    }

    private String mode(Optional<Inferences> inferences) {
        boolean chats = inferences.map(Inferences::canChat).orElse(false);
        boolean reacts = engines.find(Plugs.class)
                .map(plugs -> plugs.current(Planner.class).stream()
                        .anyMatch(planner -> REACT.equals(planner.properties().get("king.brain.mode"))))
                .orElse(false);
        return chats && reacts ? REACT : "PLAYBOOK";
    }

    @GET
    @Path("/bundles")
    @Needs(Role.VIEWER)
    @Says("The bundles of this node, and where they came from")
    public Items<BundleView> bundles() {
        Map<String, String> placements = placements();
        return Items.all(installation.bundles(), bundle -> {
            boolean released = bundle.location().startsWith("king:");
            String digest = released ? bundle.location().substring("king:".length()) : "";
            return new BundleView(
                    bundle.id(),
                    bundle.symbolicName(),
                    bundle.version(),
                    bundle.state(),
                    released ? "release" : "platform",
                    released ? placements.getOrDefault(digest, "platform") : "platform");
        });
    }

    private Map<String, String> placements() {
        Map<String, String> placements = new HashMap<>();
        engines.find(Evolution.class).ifPresent(evolution -> {
            Pointer pointer = evolution.pointer();
            evolution.release(pointer.permanent()).ifPresent(release -> note(release, placements));
            Long trial = pointer.trial();
            if (trial != null) {
                evolution.release(trial).ifPresent(release -> note(release, placements));
            }
        });
        return placements;
    }

    private static void note(Release release, Map<String, String> placements) {
        release.items().forEach(item -> placements.put(item.bundle(), item.placement()));
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.OPERATOR)
    @Says("After 2 s no effect, generation or proposal step starts on any node; calls under way end")
    public Switch pause(@Context Caller caller) {
        engines.get(Controls.class).pause(caller.identity());
        return new Switch(true);
    }

    @POST
    @Path("/resume")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.ADMIN)
    @Says("Work starts again")
    public Switch resume(@Context Caller caller) {
        engines.get(Controls.class).resume(caller.identity());
        return new Switch(engines.get(Controls.class).paused());
    }
}
