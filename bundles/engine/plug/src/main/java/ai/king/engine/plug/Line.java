/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Hash;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The generations of one name as a lease sees them: never changed, only replaced as a whole. */
final class Line {

    private static final int BUCKETS = 10_000;

    private final Map<String, Instance> present;
    private final @Nullable Instance main;
    private final @Nullable Instance trial;
    private final int percent;
    private final long salt;

    private Line(Map<String, Instance> present, @Nullable Instance main, @Nullable Instance trial, Trial share) {
        this.present = Map.copyOf(present);
        this.main = main;
        this.trial = trial;
        this.percent = trial == null ? 0 : share.percent();
        this.salt = Hash.of(share.salt());
    }

    /**
     * The line of these instances under a direction. A directed generation that is absent leaves the one of before in
     * place, if that is still there.
     */
    static Line of(Collection<Instance> instances, @Nullable Direction direction, @Nullable Line before) {
        Map<String, Instance> present = new LinkedHashMap<>();
        for (Instance instance : instances) {
            present.putIfAbsent(instance.id(), instance);
        }
        Trial share = Optional.ofNullable(direction).flatMap(Direction::trial).orElseGet(() -> new Trial("", "", 0));
        Instance trial = present.get(share.generation());
        String counted = trial == null || share.percent() == 0 ? "" : share.salt();
        present.values().forEach(instance -> instance.countFor(counted));
        return new Line(present, main(present, direction, before), trial, share);
    }

    private static @Nullable Instance main(
            Map<String, Instance> present, @Nullable Direction direction, @Nullable Line before) {
        if (direction != null) {
            if (direction.main() == null) {
                return null;
            }
            Instance directed = present.get(direction.main());
            if (directed != null) {
                return directed;
            }
            if (before != null && before.main != null && present.containsValue(before.main)) {
                return before.main;
            }
        }
        return present.values().stream().filter(Instance::platform).findFirst().orElse(null);
    }

    /** The instance that serves the key; null when none does. */
    @Nullable
    Instance pick(RouteKey key) {
        if (key.pinned().isPresent()) {
            return present.get(key.pinned().get());
        }
        Instance onTrial = trial;
        if (onTrial != null && percent > 0) {
            long hash = Hash.of(salt, key.bucket());
            if (Long.remainderUnsigned(hash, BUCKETS) < percent * 100L) {
                onTrial.buckets().add(hash);
                return onTrial;
            }
        }
        return main;
    }

    @Nullable
    Instance main() {
        return main;
    }

    List<Generation> generations() {
        return present.values().stream().map(Instance::generation).toList();
    }

    Optional<Instance> generation(String id) {
        return Optional.ofNullable(present.get(id));
    }

    /** The routes with the figures of the trial alone; none without one. */
    List<Route> onTrial() {
        return present.values().stream()
                .flatMap(instance -> instance.onTrial(state(instance), weight(instance)).stream())
                .toList();
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Instance instance : present.values()) {
            routes.add(instance.route(state(instance), weight(instance)));
        }
        routes.sort(Comparator.comparing(Route::state)
                .thenComparing(route -> route.generation().id()));
        return routes;
    }

    private Route.State state(Instance instance) {
        if (instance == main) {
            return Route.State.ACTIVE;
        }
        if (instance == trial) {
            return Route.State.CANARY;
        }
        return instance.inFlight() > 0 ? Route.State.DRAINING : Route.State.STANDBY;
    }

    private int weight(Instance instance) {
        if (instance == main) {
            return instance == trial ? 100 : 100 - percent;
        }
        return instance == trial ? percent : 0;
    }

    /** What the reconciler wants of a name. */
    record Direction(@Nullable String main, Optional<Trial> trial) {}
}
