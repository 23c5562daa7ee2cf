/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import java.util.List;
import java.util.Random;

/** Changes that a person could well make: none of them may be refused. */
final class Improvements {

    private Improvements() {}

    static List<Trick> of(Random random) {
        int n = 2 + random.nextInt(7);
        return List.of(
                Trick.work("says what it works on", "context.note(\"working on \" + task.goal());"),
                Trick.work(
                        "measures what it is asked",
                        "int words = java.util.Arrays.stream(task.goal().split(\"\\\\s+\")).mapToInt(String::length).sum(); context.note(\"letters: \" + words);"),
                Trick.work(
                        "counts with decimals",
                        "java.math.BigDecimal part = java.math.BigDecimal.valueOf(task.goal().length()).divide(java.math.BigDecimal.valueOf("
                                + n + "), 4, java.math.RoundingMode.HALF_EVEN); context.note(part.toPlainString());"),
                Trick.work(
                        "notes the day",
                        "context.note(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE.format(context.now().atZone(java.time.ZoneOffset.UTC).plusDays("
                                + n + ")));"),
                Trick.work(
                        "notes the words in order",
                        "context.note(java.util.regex.Pattern.compile(\"[^a-z]+\").splitAsStream(task.goal().toLowerCase(java.util.Locale.ROOT)).sorted(java.util.Comparator.reverseOrder()).limit("
                                + n + ").collect(java.util.stream.Collectors.joining(\", \")));"),
                Trick.work(
                        "groups the words",
                        "java.util.Map<Integer, Long> groups = java.util.stream.Stream.of(task.goal().split(\" \")).collect(java.util.stream.Collectors.groupingBy(String::length, java.util.TreeMap::new, java.util.stream.Collectors.counting())); context.note(groups.toString());"),
                Trick.work(
                        "formats a number",
                        "context.note(String.format(java.util.Locale.ROOT, \"%0" + n
                                + "d of %s\", task.goal().length(), java.util.Objects.requireNonNullElse(task.action(), \"\")));"),
                Trick.work(
                        "remembers answers of this node",
                        "private final java.util.concurrent.ConcurrentHashMap<String, Integer> lengths = new java.util.concurrent.ConcurrentHashMap<>();",
                        "if (lengths.size() < " + 100 * n + ") lengths.computeIfAbsent(task.goal(), String::length);"),
                Trick.work(
                        "names what it was given with a record and an enum",
                        "private enum Size { SMALL, LARGE } private record Given(String goal, Size size) { Given { goal = goal.strip(); } }",
                        "Given given = new Given(task.goal(), task.goal().length() > " + n
                                + " ? Size.LARGE : Size.SMALL); context.note(switch (given.size()) { case SMALL -> \"small\"; case LARGE -> given.toString(); });"),
                Trick.work(
                        "looks whether a tool is there",
                        "context.note(context.tools().stream().map(spec -> spec.name()).filter(name -> name.startsWith(\"records.\")).findFirst().orElse(\"no records\"));"),
                Trick.file(
                        "has a helper class and its test",
                        "src/main/java/%s/Words.java",
                        "package %s; import java.util.List; /** Words of a text. */ final class Words { private Words() {} static List<String> of(String text) { return List.of(text.split(\" \")); } }"),
                Trick.file(
                        "has one more test",
                        "src/test/java/%s/MoreTest.java",
                        "package %s; import static org.assertj.core.api.Assertions.assertThat; class MoreTest { @org.junit.jupiter.api.Test void countsWords() { assertThat(\"a b c\".split(\" \")).hasSize(3); } }"),
                Trick.header(
                        "has another description", "Bundle-Description", "Version of build " + random.nextInt(1000)),
                Trick.member("has another comment", "\n    // Build " + random.nextInt(1000) + ".\n"));
    }
}
