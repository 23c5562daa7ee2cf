/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.engine.evolution.Generations;
import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.jar.Option;
import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prompts or business rules of one plug: options that its bundle declares, under whose defaults stands what is built in. So they
 * are a generation of that plug, tried and put back like every other. Only agents have rules and only agents and brains have
 * prompts: the gate, approver rules, risk profiles and thresholds of evolution are options of no plug.
 */
public record PlugTexts(String id, TextsYaml texts) implements Content {

    /** What an option with a prompt is called by. */
    public static final String PROMPT = "prompt.";

    private static final int LONGEST_PROMPT = 16_000;
    private static final Set<String> BRAINS = Set.of("IntentClassifier", "Planner");

    static PlugTexts of(String id, String yaml) {
        return new PlugTexts(id, TextsYaml.read(yaml));
    }

    @Override
    public Risk risk() {
        return Risk.LOW;
    }

    public String plug() {
        return texts.plug();
    }

    private String key() {
        return texts.plug() + "/" + texts.name();
    }

    private Item before(List<Item> items) {
        Item there = items.stream()
                .filter(item -> Generations.key(item).equals(key()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plug " + key() + " is in the release"));
        boolean agent = there.type().equals("Agent");
        if (!agent && !(texts.prompts() && BRAINS.contains(there.type()))) {
            throw new IllegalArgumentException(
                    (texts.prompts() ? "prompts are of agents and brains: " : "business rules are of agents: ") + key()
                            + " is of the family " + there.type());
        }
        return there;
    }

    @Override
    public List<Item> apply(List<Item> items) {
        Item old = before(items);
        Map<String, Object> values = new TreeMap<>(old.values());
        texts.values().forEach((option, entry) -> {
            if (entry.value() == null) {
                values.remove(option);
            } else {
                values.put(option, entry.value());
            }
        });
        Item fresh = new Item(
                old.plug(), old.name(), old.type(), old.bundle(), old.bundleVersion(), values, old.placement());
        return items.stream().map(item -> item.equals(old) ? fresh : item).toList();
    }

    /** The bundle that declares the options. Throws {@link IllegalArgumentException} when the release has no such plug. */
    public String bundle(List<Item> release) {
        return before(release).bundle();
    }

    /** Each value against its option, with its line. */
    public Answer ask(List<Item> release, List<Option> options) {
        if (apply(release).equals(release)) {
            return Answer.of(List.of("it changes nothing"), "");
        }
        List<String> faults = new ArrayList<>();
        texts.values().forEach((name, entry) -> {
            Optional<Option> option =
                    options.stream().filter(one -> one.id().equals(name)).findFirst();
            fault(name, entry, option).ifPresent(why -> faults.add("line " + entry.line() + ": " + why));
        });
        return Answer.of(faults, texts.values().size() + " values, each an option of " + texts.plug());
    }

    private Optional<String> fault(String name, TextsYaml.Entry entry, Optional<Option> option) {
        if (option.isEmpty() || name.startsWith("king.")) {
            return Optional.of(name + " is no option of " + texts.plug());
        }
        if (name.startsWith(PROMPT) != texts.prompts()) {
            return Optional.of(name + (texts.prompts() ? " is no prompt" : " is a prompt and no rule"));
        }
        String value = entry.value();
        if (value == null) {
            return Optional.empty();
        }
        return texts.prompts() ? prompt(name, value) : option.get().refuse(value);
    }

    private static Optional<String> prompt(String name, String value) {
        if (value.isBlank() || value.length() > LONGEST_PROMPT) {
            return Optional.of(
                    name + " must have 1 to " + LONGEST_PROMPT + " characters; ~ takes the built-in one back");
        }
        boolean clean = value.chars().allMatch(one -> one == '\n' || one == '\t' || !Character.isISOControl(one));
        return clean ? Optional.empty() : Optional.of(name + " holds control characters");
    }

    @Override
    public List<String> lines(List<Item> before) {
        Map<String, Object> now = before(before).values();
        List<String> lines = new ArrayList<>();
        lines.add((texts.prompts() ? "Prompts of " : "Business rules of ") + key() + ":");
        texts.values().forEach((option, entry) -> {
            Object was = now.get(option);
            lines.add("  " + option + ":");
            String old = was == null ? "(built in)\n" : was + "\n";
            String fresh = entry.value() == null ? "(built in)\n" : entry.value() + "\n";
            PlaybookText.diff(old, fresh).lines().forEach(line -> lines.add("    " + line));
        });
        return lines;
    }
}
