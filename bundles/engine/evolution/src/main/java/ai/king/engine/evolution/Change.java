/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.content.Content;
import ai.king.engine.evolution.content.Contents;
import ai.king.engine.evolution.jar.Component;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** What a proposal makes of the items of a release. The same proposal on the same items always gives the same. */
final class Change {

    private Change() {}

    /** Reads the jar of a digest. */
    interface Jars extends Function<String, PlugJar> {}

    /** The items with the proposal applied. Throws {@link IllegalArgumentException} when it does not fit them. */
    static List<Item> apply(Proposal proposal, List<Item> items, Jars jars) {
        return switch (proposal.kind()) {
            case BUNDLE, SOURCE -> bundles(proposal, items, jars);
            case CONFIGURATION -> configuration(proposal.change(), items);
            case MODEL, PLAYBOOK, INFRASTRUCTURE -> content(proposal).apply(items);
        };
    }

    /** What a proposal says that brings no code. */
    static Content content(Proposal proposal) {
        return Contents.of(proposal.kind(), proposal.change())
                .orElseThrow(() -> new IllegalArgumentException("the kind " + proposal.kind() + " brings code"));
    }

    /** The items of the one list that are not in the other, by generation. */
    static List<Item> difference(List<Item> after, List<Item> before) {
        List<String> there = before.stream().map(Generations::id).toList();
        return after.stream()
                .filter(item -> !there.contains(Generations.id(item)))
                .toList();
    }

    private static List<Item> bundles(Proposal proposal, List<Item> items, Jars jars) {
        List<Item> now = items;
        for (String digest : digests(proposal)) {
            now = bundle(digest, proposal, now, jars.apply(digest));
        }
        return now;
    }

    /** The bundles a proposal brings: its own, or those of a newer distribution. */
    static List<String> digests(Proposal proposal) {
        if (proposal.bundle() != null) {
            return List.of(proposal.bundle());
        }
        return proposal.change().get("bundles") instanceof List<?> many
                ? many.stream().map(Object::toString).toList()
                : List.of();
    }

    private static List<Item> bundle(String digest, Proposal proposal, List<Item> items, PlugJar jar) {
        Map<String, Item> now = new LinkedHashMap<>();
        items.forEach(item -> now.put(Generations.key(item), item));
        for (Component plug : jar.plugs()) {
            List<Item> present = items.stream()
                    .filter(item -> item.plug().equals(plug.pid()))
                    .toList();
            for (Item item : present) {
                now.put(
                        Generations.key(item),
                        new Item(
                                item.plug(),
                                item.name(),
                                item.type(),
                                digest,
                                jar.version().toString(),
                                item.values(),
                                present(proposal, item)));
            }
            if (present.isEmpty()) {
                fresh(digest, proposal, jar, plug).forEach(item -> now.put(Generations.key(item), item));
            }
        }
        return List.copyOf(now.values());
    }

    /** A person's new version of an agent stays where it is; what the AI wrote is always in the jail. */
    private static String present(Proposal proposal, Item item) {
        if (!item.type().equals("Agent")) {
            return Generations.PLATFORM;
        }
        return proposal.origin() == Proposal.Origin.AI ? Generations.JAIL : item.placement();
    }

    /** A plug that is not in the release yet: one instance, or those the distribution configures. */
    private static List<Item> fresh(String digest, Proposal proposal, PlugJar jar, Component plug) {
        if (proposal.change().get("items") instanceof List<?> items) {
            return items.stream()
                    .map(item -> Json.convert(item, Item.class))
                    .filter(item ->
                            item.plug().equals(plug.pid()) && item.bundle().equals(digest))
                    .map(item -> placed(item, proposal))
                    .toList();
        }
        Map<String, Object> values = values(proposal.change());
        String type = plug.type().orElseThrow();
        String name =
                plug.plugName(values).orElseThrow(() -> new IllegalArgumentException(plug.name() + " has no name"));
        return List.of(placed(
                new Item(plug.pid(), name, type, digest, jar.version().toString(), values, Generations.PLATFORM),
                proposal));
    }

    private static Item placed(Item item, Proposal proposal) {
        String placement = item.type().equals("Agent") ? proposal.placement() : Generations.PLATFORM;
        return new Item(
                item.plug(), item.name(), item.type(), item.bundle(), item.bundleVersion(), item.values(), placement);
    }

    private static List<Item> configuration(Map<String, Object> change, List<Item> items) {
        String key = text(change, "plug") + "/" + text(change, "name");
        List<Item> now = new ArrayList<>();
        boolean found = false;
        for (Item item : items) {
            if (Generations.key(item).equals(key)) {
                found = true;
                now.add(new Item(
                        item.plug(),
                        item.name(),
                        item.type(),
                        item.bundle(),
                        item.bundleVersion(),
                        merged(item.values(), change),
                        item.placement()));
            } else {
                now.add(item);
            }
        }
        if (!found) {
            throw new IllegalArgumentException("no plug " + key + " is in the release");
        }
        return List.copyOf(now);
    }

    private static Map<String, Object> merged(Map<String, Object> before, Map<String, Object> change) {
        Map<String, Object> merged = new TreeMap<>(before);
        if (!(change.get("values") instanceof Map<?, ?> values) || values.isEmpty()) {
            throw new IllegalArgumentException("change.values names no option");
        }
        values.forEach((key, value) -> {
            if (value == null) {
                merged.remove(String.valueOf(key));
            } else {
                merged.put(String.valueOf(key), value);
            }
        });
        return merged;
    }

    private static Map<String, Object> values(Map<String, Object> change) {
        Map<String, Object> values = new HashMap<>();
        if (change.get("values") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> values.put(String.valueOf(key), Objects.requireNonNullElse(value, "")));
        }
        return values;
    }

    private static String text(Map<String, Object> change, String key) {
        if (change.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("change." + key + " is missing");
    }
}
