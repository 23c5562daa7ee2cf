/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.CanaryRule.Figures;
import ai.king.evolution.Release.Item;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this node saw of a trial, and what all nodes together did. */
final class TrialFigures {

    private final Routes routes;
    private final Map<String, Long> callsBefore = new HashMap<>();
    private final Map<String, Long> errorsBefore = new HashMap<>();
    private String proposal = "";

    TrialFigures(Routes routes) {
        this.routes = routes;
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

    /** This node's share since it first saw the trial. */
    synchronized Share here(String proposalId, List<Item> changed) {
        if (!proposalId.equals(proposal)) {
            proposal = proposalId;
            callsBefore.clear();
            errorsBefore.clear();
        }
        Share share = Share.NONE;
        List<Route> all = routes.all();
        for (Item item : changed) {
            String fresh = Generations.id(item);
            for (Route route : all) {
                if (!route.generation().name().equals(item.name())) {
                    continue;
                }
                if (route.generation().id().equals(fresh)) {
                    share = share.plus(fresh(route));
                } else if (route.state() == Route.State.ACTIVE && sameType(all, route, fresh)) {
                    share = share.plus(old(route));
                }
            }
        }
        return share;
    }

    private static boolean sameType(List<Route> all, Route route, String fresh) {
        return all.stream()
                .anyMatch(other -> other.generation().id().equals(fresh)
                        && other.generation().type().equals(route.generation().type())
                        && other.generation().name().equals(route.generation().name()));
    }

    private Share fresh(Route route) {
        return new Share(new Figures(0, 0, 0), since(route), 0, route.p99Millis(), route.buckets());
    }

    private Share old(Route route) {
        return new Share(since(route), new Figures(0, 0, 0), route.p99Millis(), 0, 0);
    }

    /** The calls of a generation since the trial began here: it may have worked long before. */
    private Figures since(Route route) {
        String key = route.generation().type() + "/" + route.generation().name() + "/"
                + route.generation().id();
        long calls = callsBefore.computeIfAbsent(key, first -> route.calls());
        long errors = errorsBefore.computeIfAbsent(key, first -> route.errors());
        return new Figures(route.calls() - calls, route.errors() - errors, route.p95Millis());
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
