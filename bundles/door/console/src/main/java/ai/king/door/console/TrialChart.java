/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.evolution.Proposal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trial: the old generation against the new one, as a table and as bars, and what each node saw. */
final class TrialChart {

    private static final int BAR = 320;
    private static final int LEFT = 130;
    private static final int ROW = 22;

    private TrialChart() {}

    /** One figure of both; a figure that nobody has is no bar. */
    private record Pair(String name, double old, double fresh, String unit) {}

    static void write(Html page, Proposal proposal) {
        @Nullable Map<String, Object> canary = proposal.canary();
        if (canary == null) {
            return;
        }
        page.raw("<h2>Trial</h2><p class=\"top\">").badge(String.valueOf(canary.getOrDefault("stage", "OVER")));
        page.raw("<span>share <b>").text(canary.get("weight")).raw(" %</b></span><span>goals on the new one <b>");
        page.text(canary.getOrDefault("goals", 0)).raw("</b></span><span>first node <b>");
        page.text(canary.get("node")).raw("</b></span></p>");
        out(page, canary);
        if (number(canary, "calls") == 0 && number(canary, "callsOld") == 0) {
            page.raw("<p class=\"none\">No call of the trial has ended yet.</p>");
            return;
        }
        table(page, canary);
        bars(page, pairs(canary));
        nodes(page, canary);
    }

    /** Nodes that should take part and do not. */
    private static void out(Html page, Map<String, Object> canary) {
        if (canary.get("out") instanceof Map<?, ?> nodes && !nodes.isEmpty()) {
            page.columns("Node that stays out", "Why");
            nodes.forEach((node, why) -> page.raw("<tr>").cell(node).cell(why).raw("</tr>"));
            page.raw("</tbody></table>");
        }
    }

    private static void table(Html page, Map<?, ?> canary) {
        page.columns("", "Calls", "Errors", "Errors %", "p95 ms", "p99 ms");
        page.raw("<tr><td>old</td>").number(whole(canary, "callsOld")).number(whole(canary, "errorsOld"));
        page.number(shown(share(canary, "errorsOld", "callsOld"))).number(shown(number(canary, "p95Old")));
        page.number(shown(number(canary, "p99Old"))).raw("</tr><tr><td>new</td>");
        page.number(whole(canary, "calls")).number(whole(canary, "errorsNew"));
        page.number(shown(share(canary, "errorsNew", "calls"))).number(shown(number(canary, "p95New")));
        page.number(shown(number(canary, "p99New"))).raw("</tr></tbody></table>");
    }

    private static List<Pair> pairs(Map<?, ?> canary) {
        return List.of(
                new Pair("errors", share(canary, "errorsOld", "callsOld"), share(canary, "errorsNew", "calls"), "%"),
                new Pair("p95", number(canary, "p95Old"), number(canary, "p95New"), "ms"),
                new Pair("p99", number(canary, "p99Old"), number(canary, "p99New"), "ms"));
    }

    /** Bars of one figure have one scale; figures have each their own. */
    private static void bars(Html page, List<Pair> pairs) {
        int height = pairs.size() * (2 * ROW + 10);
        page.raw("<svg class=\"bars\" role=\"img\" aria-label=\"old against new\" viewBox=\"0 0 " + (LEFT + BAR + 110)
                + " " + height + "\" width=\"" + (LEFT + BAR + 110) + "\" height=\"" + height + "\">");
        int y = 0;
        for (Pair pair : pairs) {
            double most = Math.max(pair.old, pair.fresh);
            bar(page, y, pair.name + " old", "old", pair.old, most, pair.unit);
            bar(page, y + ROW, pair.name + " new", "new", pair.fresh, most, pair.unit);
            y += 2 * ROW + 10;
        }
        page.raw("</svg>");
    }

    private static void bar(Html page, int y, String name, String look, double value, double most, String unit) {
        long width = most == 0 ? 0 : Math.round(value / most * BAR);
        page.raw("<text x=\"" + (LEFT - 10) + "\" y=\"" + (y + 15) + "\" text-anchor=\"end\">")
                .text(name);
        page.raw("</text><rect class=\"" + look + "\" x=\"" + LEFT + "\" y=\"" + (y + 3)
                + "\" height=\"16\" rx=\"3\" width=\""
                + Math.max(1, width) + "\"></rect><text x=\"" + (LEFT + Math.max(1, width) + 8) + "\" y=\"" + (y + 15)
                + "\">");
        page.text(shown(value) + " " + unit).raw("</text>");
    }

    private static void nodes(Html page, Map<String, Object> canary) {
        if (!(canary.get("nodes") instanceof Map<?, ?> nodes) || nodes.size() < 2) {
            return;
        }
        page.columns("Node", "Goals", "Calls old", "Errors old", "Calls new", "Errors new");
        nodes.forEach((node, seen) -> {
            if (seen instanceof Map<?, ?> share) {
                page.raw("<tr>").cell(node).number(whole(share, "goals")).number(whole(share, "callsOld"));
                page.number(whole(share, "errorsOld"))
                        .number(whole(share, "calls"))
                        .number(whole(share, "errorsNew"));
                page.raw("</tr>");
            }
        });
        page.raw("</tbody></table>");
    }

    private static double share(Map<?, ?> canary, String part, String all) {
        double of = number(canary, all);
        return of == 0 ? 0 : 100 * number(canary, part) / of;
    }

    private static long whole(Map<?, ?> canary, String key) {
        return (long) number(canary, key);
    }

    private static double number(Map<?, ?> canary, String key) {
        return canary.get(key) instanceof Number value ? value.doubleValue() : 0;
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
