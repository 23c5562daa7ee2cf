/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.CanaryRule.Figures;
import ai.king.engine.evolution.content.Contents;
import ai.king.engine.evolution.node.Tallies;
import ai.king.evolution.Release.Item;
import ai.king.plug.Generation;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this node saw of a trial, and what all nodes together did. */
final class TrialFigures {

    private final Routes routes;
    private final Function<String, Tallies> tallies;

    /** @param tallies what was counted here for the trial of a proposal that changes no plug */
    TrialFigures(Routes routes, Function<String, Tallies> tallies) {
        this.routes = routes;
        this.tallies = tallies;
    }

    /**
     * One node's share.
     *
     * @param goals distinct goals on the new generation
     */
    record Share(Figures old, Figures fresh, double p99Old, double p99New, int goals) {

        static final Share NONE = new Share(new Figures(0, 0, 0), new Figures(0, 0, 0), 0, 0, 0);

        Share plus(Share other) {
            return new Share(
                    old.plus(other.old),
                    fresh.plus(other.fresh),
                    Math.max(p99Old, other.p99Old),
                    Math.max(p99New, other.p99New),
                    goals + other.goals);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("calls", fresh.calls());
            map.put("callsOld", old.calls());
            map.put("errorsOld", old.errors());
            map.put("errorsNew", fresh.errors());
            map.put("p95Old", old.p95());
            map.put("p95New", fresh.p95());
            map.put("p99Old", p99Old);
            map.put("p99New", p99New);
            map.put("goals", goals);
            return map;
        }

        static Share of(Map<?, ?> map) {
            return new Share(
                    new Figures(whole(map, "callsOld"), whole(map, "errorsOld"), number(map, "p95Old")),
                    new Figures(whole(map, "calls"), whole(map, "errorsNew"), number(map, "p95New")),
                    number(map, "p99Old"),
                    number(map, "p99New"),
                    (int) whole(map, "goals"));
        }

        private static long whole(Map<?, ?> map, String key) {
            return (long) number(map, key);
        }

        private static double number(Map<?, ?> map, String key) {
            return map.get(key) instanceof Number value ? value.doubleValue() : 0;
        }
    }

    /** This node's share of the trial that runs here: what began since it began, for old and new alike. */
    Share here(String proposal, List<Item> changed) {
        Share share = beside(tallies.apply(proposal));
        for (Item item : Contents.plugs(changed)) {
            String fresh = Generations.id(item);
            for (String type : types(item, fresh)) {
                for (Route route : routes.onTrial(type, item.name())) {
                    if (route.generation().id().equals(fresh)) {
                        share = share.plus(fresh(route));
                    } else if (route.state() == Route.State.ACTIVE) {
                        share = share.plus(old(route));
                    }
                }
            }
        }
        return share;
    }

    private static Share beside(Tallies tallies) {
        Tallies.Figures old = tallies.old();
        Tallies.Figures fresh = tallies.fresh();
        return new Share(
                new Figures(old.calls(), old.errors(), old.p95Millis()),
                new Figures(fresh.calls(), fresh.errors(), fresh.p95Millis()),
                old.p99Millis(),
                fresh.p99Millis(),
                tallies.goals());
    }

    /** The families under which the new generation is there: a brain is classifier and planner in one. */
    private Set<String> types(Item item, String fresh) {
        return routes.all().stream()
                .map(Route::generation)
                .filter(there -> there.id().equals(fresh) && there.name().equals(item.name()))
                .map(Generation::type)
                .collect(Collectors.toSet());
    }

    private static Share fresh(Route route) {
        return new Share(new Figures(0, 0, 0), figures(route), 0, route.p99Millis(), route.buckets());
    }

    private static Share old(Route route) {
        return new Share(figures(route), new Figures(0, 0, 0), route.p99Millis(), 0, 0);
    }

    private static Figures figures(Route route) {
        return new Figures(route.calls(), route.errors(), route.p95Millis());
    }

    /** The shares that nodes published, with this node's present one. */
    static Share all(@Nullable Map<String, Object> canary, String self, Share here) {
        Share sum = here;
        if (canary != null && canary.get("nodes") instanceof Map<?, ?> nodes) {
            for (Map.Entry<?, ?> node : nodes.entrySet()) {
                if (!self.equals(node.getKey()) && node.getValue() instanceof Map<?, ?> share) {
                    sum = sum.plus(Share.of(share));
                }
            }
        }
        return sum;
    }
}
