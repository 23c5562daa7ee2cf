/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Remedy.Configure;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one time limit whose present value errors name, of the agent or of a plug that they name; twice as long. */
final class Patience {

    /** Whose errors name the platform's own deadline: out of reach of every proposal. */
    private static final Pattern PLATFORM = Pattern.compile("the deadline of \\d+ s has passed");

    private static final Pattern LIMIT = Pattern.compile("(^|[._-])(timeout|deadline)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Set<String> WHOLE = Set.of("Integer", "Long");

    private Patience() {}

    static Remedy longer(Symptom symptom, List<Item> items, Function<String, PlugJar> jars) {
        String said = symptom.evidence().stream()
                .filter(error -> !PLATFORM.matcher(error).find())
                .collect(Collectors.joining("\n"));
        Set<String> numbers =
                NUMBER.matcher(said).results().map(found -> found.group()).collect(Collectors.toSet());
        List<Configure> fitting = new ArrayList<>();
        for (Item item : items) {
            boolean own = item.type().equals("Agent") && item.name().equals(symptom.subject());
            if (own || named(said, item.name())) {
                jars.apply(item.bundle()).options().getOrDefault(item.plug(), List.of()).stream()
                        .filter(option -> WHOLE.contains(option.type())
                                && LIMIT.matcher(option.id()).find())
                        .forEach(option -> doubled(item, option, numbers).ifPresent(fitting::add));
            }
        }
        return fitting.size() == 1
                ? fitting.get(0)
                : new None("its errors name " + (fitting.isEmpty() ? "no" : "more than one")
                        + " time limit that a proposal may change");
    }

    private static boolean named(String said, String name) {
        Matcher found = Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(said);
        return found.find();
    }

    private static Optional<Configure> doubled(Item item, Option option, Set<String> numbers) {
        try {
            long was = Long.parseLong(Options.text(item, option));
            long becomes = Math.multiplyExact(was, 2);
            if (was <= 0 || option.refuse(becomes).isPresent() || !numbers.contains(Long.toString(was))) {
                return Optional.empty();
            }
            return Optional.of(new Configure(
                    item,
                    Map.of(option.id(), becomes),
                    option.id() + " " + becomes + " instead of " + was,
                    item.name() + " gives up after " + option.id() + " " + was
                            + ", as its errors say; fewer steps fail for that with " + becomes + "."));
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
