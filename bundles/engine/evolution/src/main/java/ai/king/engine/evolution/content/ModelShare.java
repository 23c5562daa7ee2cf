/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import ai.king.store.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The share of a backend's goals that goes to one of its adapters: what the kind MODEL proposes.
 *
 * @param weight percent; 0 takes the adapter out of service and leaves it named
 */
public record ModelShare(String backend, String adapter, int weight) implements Content {

    /** The type of the items. */
    public static final String TYPE = "Model";

    /** All of a backend's goals. */
    static final int ALL = 100;

    private static final String PLUG = "ai.king.model";
    private static final Pattern BACKEND = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern ADAPTER =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}(/[A-Za-z0-9][A-Za-z0-9_.:-]{0,99})?");

    static ModelShare of(Map<String, Object> change) {
        String backend = named(change, "backend", BACKEND);
        String adapter = named(change, "adapter", ADAPTER);
        return new ModelShare(backend, adapter, percent(change.get("weight")));
    }

    private static String named(Map<String, Object> change, String key, Pattern allowed) {
        String name = Contents.text(change, key, 200);
        if (!allowed.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "change." + key + " is no name of " + (key.equals("backend") ? "a " : "an ") + key);
        }
        return name;
    }

    private static int percent(@Nullable Object given) {
        if (given instanceof Number number) {
            BigDecimal weight = new BigDecimal(number.toString());
            boolean whole = weight.stripTrailingZeros().scale() <= 0;
            if (whole && weight.signum() >= 0 && weight.compareTo(BigDecimal.valueOf(ALL)) <= 0) {
                return weight.intValueExact();
            }
        }
        throw new IllegalArgumentException("change.weight must be whole percent, 0 to 100");
    }

    @Override
    public Risk risk() {
        return Risk.MEDIUM;
    }

    private String name() {
        return backend + "/" + adapter;
    }

    @Override
    public List<Item> apply(List<Item> items) {
        List<Item> after = new ArrayList<>(items);
        after.removeIf(item -> item.type().equals(TYPE) && item.name().equals(name()));
        after.add(new Item(
                PLUG,
                name(),
                TYPE,
                Json.sha256(name()),
                "1.0.0",
                Map.of("backend", backend, "adapter", adapter, "weight", weight),
                "platform"));
        int sum = of(after, backend).stream().mapToInt(ModelShare::weight).sum();
        if (sum > ALL) {
            throw new IllegalArgumentException(
                    "the adapters of " + backend + " would have " + sum + " % of its goals together");
        }
        return List.copyOf(after);
    }

    /** The shares of a backend's adapters. */
    static List<ModelShare> of(List<Item> items, String backend) {
        return items.stream()
                .filter(item -> item.type().equals(TYPE))
                .map(item -> of(item.values()))
                .filter(share -> share.backend().equals(backend))
                .toList();
    }

    /** Its weight in a release; empty where it has none. */
    Optional<Integer> before(List<Item> items) {
        return of(items, backend).stream()
                .filter(share -> share.adapter().equals(adapter))
                .map(ModelShare::weight)
                .findFirst();
    }

    @Override
    public List<String> lines(List<Item> before) {
        List<String> lines = new ArrayList<>();
        String was = before(before).map(weight -> weight + " %").orElse("none");
        lines.add("Of the goals that " + backend + " serves, its adapter " + adapter + " would get " + weight
                + " % (now: " + was + ").");
        of(before, backend).stream()
                .filter(share -> !share.adapter().equals(adapter))
                .forEach(share -> lines.add("Its adapter " + share.adapter() + " keeps " + share.weight() + " %."));
        lines.add(
                "The rest goes to the model that the backend is configured for. A call that names a model gets that one.");
        return lines;
    }
}
