/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can plausibly help. Where the facts point at nothing, nothing is proposed. */
public sealed interface Remedy {

    /** Another value of one option. */
    record Configure(Item item, String option, long was, long becomes) implements Remedy {}

    /** A skill to be written. */
    record Write(String skill) implements Remedy {}

    /** Whose errors name the platform's own deadline: out of reach of every proposal. */
    Pattern PLATFORM = Pattern.compile("the deadline of \\d+ s has passed");

    Pattern PATIENCE = Pattern.compile("(^|[._-])(timeout|deadline)", Pattern.CASE_INSENSITIVE);
    Pattern NUMBER = Pattern.compile("\\d+");
    Set<String> WHOLE = Set.of("Integer", "Long");

    static Optional<Remedy> of(Symptom symptom, List<Item> items, Function<String, PlugJar> jars) {
        return switch (symptom.metric()) {
            case MISSING_SKILL -> Optional.of(new Write(symptom.subject()));
            case TIMED_OUT -> longer(symptom, items, jars).map(remedy -> remedy);
            default -> Optional.empty();
        };
    }

    /** The one time limit whose present value the errors name, of the agent or of a plug that they name; twice as long. */
    private static Optional<Configure> longer(Symptom symptom, List<Item> items, Function<String, PlugJar> jars) {
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
                                && PATIENCE.matcher(option.id()).find())
                        .forEach(option -> doubled(item, option)
                                .filter(change -> numbers.contains(Long.toString(change.was())))
                                .ifPresent(fitting::add));
            }
        }
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static boolean named(String said, String name) {
        Matcher found = Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(said);
        return found.find();
    }

    private static Optional<Configure> doubled(Item item, Option option) {
        Object value = item.values().getOrDefault(option.id(), option.preset());
        try {
            long was = Long.parseLong(String.valueOf(value));
            Configure change = new Configure(item, option.id(), was, Math.multiplyExact(was, 2));
            return was > 0 && option.refuse(change.becomes()).isEmpty() ? Optional.of(change) : Optional.empty();
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
