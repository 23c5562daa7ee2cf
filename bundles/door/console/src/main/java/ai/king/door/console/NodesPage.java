/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which generation of each plug runs on which node, by the release that the node says it has applied. */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + NodesPage.LABEL,
            "felix.webconsole.title=Nodes",
            "felix.webconsole.category=King AI"
        })
public final class NodesPage extends ConsolePage {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king-nodes";

    private final transient Evolution evolution;
    private final transient Nodes nodes;

    @Activate
    public NodesPage(@Reference Users users, @Reference Evolution evolution, @Reference Nodes nodes) {
        super(users, "proposals");
        this.evolution = evolution;
        this.nodes = nodes;
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        List<Node> alive = nodes.alive();
        Pointer pointer = evolution.pointer();
        nodes(page, alive, pointer);
        generations(page, alive, pointer);
    }

    private void nodes(Html page, List<Node> alive, Pointer pointer) {
        page.table("Nodes", "Node", "State", "Release", "Trial", "Jail", "Address", "What is wrong");
        for (Node node : alive) {
            boolean there = node.applied() == pointer.permanent();
            boolean well = node.error().isEmpty() && node.trialError().isEmpty();
            page.raw("<tr>")
                    .cell(node.id() + (node.id().equals(nodes.self()) ? " (this one)" : ""))
                    .raw("<td>");
            page.badge(!well ? "FAILED" : there ? "ACTIVE" : "CHANGING").raw("</td>");
            page.number(node.applied())
                    .cell(node.trial() == 0 ? "" : node.trial())
                    .cell(node.jailTier())
                    .cell(node.address())
                    .raw("<td>")
                    .text(node.error());
            if (!node.trialError().isEmpty()) {
                page.raw(node.error().isEmpty() ? "" : "<br>")
                        .badge("CANARY")
                        .text(" ")
                        .text(node.trialError());
            }
            page.raw("</td></tr>");
        }
        page.raw("</tbody></table>");
    }

    private void generations(Html page, List<Node> alive, Pointer pointer) {
        List<Map<String, Item>> running = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        for (Node node : alive) {
            Map<String, Item> items = items(node.applied());
            running.add(items);
            keys.addAll(items.keySet());
        }
        Map<String, Item> trial = pointer.trial() == null ? Map.of() : items(pointer.trial());
        keys.addAll(trial.keySet());
        Optional<Proposal> tried = Optional.ofNullable(pointer.trialProposal()).flatMap(evolution::find);
        List<String> columns = new ArrayList<>(List.of("Plug"));
        alive.forEach(node -> columns.add(node.id()));
        page.table("Generations", columns.toArray(String[]::new));
        for (String key : keys) {
            page.raw("<tr>").cell(key);
            for (int i = 0; i < alive.size(); i++) {
                @Nullable Item now = running.get(i).get(key);
                @Nullable
                Item tryThere = tried.isPresent() && takesPart(tried.get(), alive.get(i)) ? trial.get(key) : null;
                page.raw("<td>");
                item(page, now, "");
                if (tryThere != null && !tryThere.equals(now)) {
                    item(page, tryThere, pointer.trialPercent() + " %");
                    page.raw(
                            now != null && now.bundle().equals(tryThere.bundle())
                                    ? " <small>configured otherwise</small>"
                                    : "");
                }
                page.raw("</td>");
            }
            page.raw("</tr>");
        }
        page.raw("</tbody></table>");
    }

    private static boolean takesPart(Proposal proposal, Node node) {
        Map<String, Object> canary = proposal.canary() == null ? Map.of() : proposal.canary();
        return Boolean.TRUE.equals(canary.get("wide"))
                || node.id().equals(canary.get("node"))
                || canary.get("reached") instanceof List<?> reached && reached.contains(node.id());
    }

    private static void item(Html page, @Nullable Item item, String share) {
        if (item == null) {
            return;
        }
        if (!share.isEmpty()) {
            page.raw("<br>").badge("CANARY").text(share + " ");
        }
        page.text(item.bundleVersion()).raw(" <span class=\"hash\">");
        page.text(item.bundle().substring(0, Math.min(12, item.bundle().length())))
                .raw("</span>");
        page.raw(item.placement().equals("jail") ? " <small>jail</small>" : "");
    }

    private Map<String, Item> items(long release) {
        Map<String, Item> items = new HashMap<>();
        evolution
                .release(release)
                .map(Release::items)
                .orElse(List.of())
                .forEach(item -> items.put(item.type() + " " + item.name(), item));
        return items;
    }
}
