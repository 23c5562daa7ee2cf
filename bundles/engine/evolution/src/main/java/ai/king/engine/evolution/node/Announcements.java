/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the ledger and whoever listens which plugs this node started and took out. */
final class Announcements {

    private Map<String, Item> told = Map.of();

    /** @param running every instance that is there now, by generation */
    void tell(Store store, String node, Map<String, Item> running) {
        if (running.equals(told)) {
            return;
        }
        Map<String, Item> before = told;
        store.write(Actor.system("evolution"), tx -> {
            running.forEach((id, item) -> {
                if (!before.containsKey(id)) {
                    tx.record("bundle.started", id, data(node, id, item));
                    tx.enqueue("bundle.started", data(node, id, item), "global");
                }
            });
            before.forEach((id, item) -> {
                if (!running.containsKey(id)) {
                    tx.record("bundle.stopped", id, data(node, id, item));
                    tx.enqueue("bundle.stopped", data(node, id, item), "global");
                }
            });
            return running.size();
        });
        told = running;
    }

    private static Map<String, Object> data(String node, String generation, Item item) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("node", node);
        data.put("generation", generation);
        data.put("plug", item.plug());
        data.put("name", item.name());
        data.put("type", item.type());
        data.put("version", item.bundleVersion());
        data.put("placement", item.placement());
        return data;
    }
}
