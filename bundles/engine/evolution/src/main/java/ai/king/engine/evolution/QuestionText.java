/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.content.Contents;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.Reaches;
import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A proposal as a person reads it before voting: why, what changes, what it wants, what was found, how risky it is, what it
 * costs. The text stands in the payload, so that the vote's hash covers exactly what was read.
 */
final class QuestionText {

    private final StringBuilder text = new StringBuilder();
    private final Change.Jars jars;

    private QuestionText(Change.Jars jars) {
        this.jars = jars;
    }

    /**
     * What is asked.
     *
     * @param hosts that its configuration names
     * @param factors of the risk
     * @param code what changes in it
     */
    record Asked(
            Proposal proposal,
            List<Item> before,
            List<Item> after,
            Collection<String> hosts,
            String risk,
            List<String> factors,
            List<CodeChanges.Section> code) {}

    static String of(Asked asked, Change.Jars jars) {
        QuestionText text = new QuestionText(jars);
        text.section("Why", List.of(asked.proposal().title(), asked.proposal().description()));
        text.changes(asked);
        Contents.of(asked.proposal().kind(), asked.proposal().change())
                .ifPresent(content -> text.section("What changes", content.lines(asked.before())));
        asked.code().forEach(part -> text.section(part.head(), part.lines()));
        List<String> reaches = text.reaches(asked);
        text.section("Hosts and files it says it reaches", reaches.isEmpty() ? List.of("none") : reaches);
        text.section(
                "Hosts its configuration names",
                asked.hosts().isEmpty() ? List.of("none") : List.copyOf(asked.hosts()));
        text.section(
                "Findings",
                asked.proposal().findings().stream().map(QuestionText::finding).toList());
        text.section("Risk " + asked.risk(), asked.factors());
        text.section("Cost", List.of("not assessed: nothing here estimates what its calls will cost"));
        return text.text.toString().strip();
    }

    /** What each plug that changes says of itself, and what its configuration names beyond that. */
    private List<String> reaches(Asked asked) {
        List<String> lines = new ArrayList<>();
        for (Item item : Contents.plugs(Change.difference(asked.after(), asked.before()))) {
            Reaches reaches = jars.apply(item.bundle())
                    .component(item.plug())
                    .map(Reaches::of)
                    .orElse(new Reaches(List.of()));
            String who = item.type() + " " + item.name();
            if (reaches.told()) {
                lines.add(who + ": " + (reaches.nothing() ? "nothing" : String.join(", ", reaches.declared())));
                Question.hosts(List.of(item)).stream()
                        .filter(host -> !reaches.covers(host))
                        .forEach(host -> lines.add(who + ": its configuration names " + host + " beyond that"));
            } else if (Generations.jailed(item)) {
                lines.add(who + ": it lives in the jail, which has no network and no files");
            } else {
                lines.add(who + ": it does not say, and nothing keeps it from any host or file");
            }
        }
        return lines;
    }

    private static String finding(Finding finding) {
        return finding.verdict() + " " + finding.check() + ": " + finding.detail();
    }

    private void section(String head, List<String> lines) {
        text.append(head).append('\n');
        lines.stream().filter(line -> !line.isBlank()).forEach(line -> text.append("  ")
                .append(Visible.of(line).replace("\n", "\n  "))
                .append('\n'));
        text.append('\n');
    }

    private void changes(Asked asked) {
        for (Item item : Contents.plugs(Change.difference(asked.after(), asked.before()))) {
            Optional<Item> old = asked.before().stream()
                    .filter(one -> Generations.key(one).equals(Generations.key(item)))
                    .findFirst();
            Set<String> was = old.map(this::lines).orElse(Set.of());
            Set<String> becomes = lines(item);
            TreeMap<String, String> diff = new TreeMap<>();
            was.stream().filter(line -> !becomes.contains(line)).forEach(line -> diff.put(line + " 0", "- " + line));
            becomes.stream().filter(line -> !was.contains(line)).forEach(line -> diff.put(line + " 1", "+ " + line));
            section(
                    "What changes in " + item.type() + " " + item.name() + " (" + item.plug() + ")",
                    List.copyOf(diff.values()));
        }
    }

    /** All that makes an instance what it is, a line each. */
    private Set<String> lines(Item item) {
        Set<String> lines = new TreeSet<>();
        lines.add("bundle " + item.bundleVersion() + " " + item.bundle());
        lines.add("lives in the " + item.placement());
        item.values().forEach((key, value) -> lines.add("value " + key + " = " + value));
        PlugJar jar = jars.apply(item.bundle());
        names(jar.headers(), "Import-Package").forEach(name -> lines.add("uses the package " + name));
        jar.plugs()
                .forEach(plug -> plug.properties().forEach((key, value) -> lines.add("says " + key + " = " + value)));
        jar.options()
                .getOrDefault(item.plug(), List.of())
                .forEach(option -> lines.add("option " + option.id()
                        + (option.preset() == null ? "" : ", " + option.preset() + " by default")));
        return lines;
    }

    private static Set<String> names(Map<String, String> headers, String header) {
        // A comma within quotes belongs to a version range.
        return Arrays.stream(headers.getOrDefault(header, "").split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(clause -> clause.split(";", 2)[0].strip())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
