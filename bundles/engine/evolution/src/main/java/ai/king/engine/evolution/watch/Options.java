/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.evolution.Release.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a plug's options hold now. */
final class Options {

    private Options() {}

    /** As configured, or by default. */
    static String text(Item item, Option option) {
        @Nullable Object value = item.values().get(option.id());
        return String.valueOf(value == null ? option.preset() : value);
    }

    static Optional<String> text(Item item, String id, Function<String, PlugJar> jars) {
        return jars.apply(item.bundle()).options().getOrDefault(item.plug(), List.of()).stream()
                .filter(option -> option.id().equals(id))
                .map(option -> text(item, option))
                .findFirst();
    }

    static OptionalDouble number(Item item, String id, Function<String, PlugJar> jars) {
        try {
            return text(item, id, jars)
                    .map(value -> OptionalDouble.of(Double.parseDouble(value)))
                    .orElse(OptionalDouble.empty());
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
