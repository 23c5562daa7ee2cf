/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.Generations;
import ai.king.evolution.Release.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node should run now.
 *
 * @param release number of the permanent release
 * @param items of the permanent release
 * @param trial what is on trial here
 * @param kept generations that take no calls and stay: ways back, and those that a stored step must resume on
 */
record Target(long release, List<Item> items, Optional<OnTrial> trial, List<Item> kept) {

    /**
     * A trial on this node.
     *
     * @param items those that differ from the permanent release
     * @param percent of the goals; 0 while it is being installed
     */
    record OnTrial(long release, String proposal, List<Item> items, int percent) {}

    static Target nothing(long release) {
        return new Target(release, List.of(), Optional.empty(), List.of());
    }

    /** Every instance that must be there, by generation. */
    Map<String, Item> all() {
        Map<String, Item> all = new LinkedHashMap<>();
        items.forEach(item -> all.put(Generations.id(item), item));
        trial.ifPresent(onTrial -> onTrial.items().forEach(item -> all.put(Generations.id(item), item)));
        kept.forEach(item -> all.putIfAbsent(Generations.id(item), item));
        return all;
    }
}
