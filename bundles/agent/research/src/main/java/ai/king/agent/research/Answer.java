/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Inquired;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's answer, line by line with what it rests on. A line counts only when it names a passage, a document or a page that
 * was really read, and holds no number that does not stand there or in the question.
 */
final class Answer {

    static final String NOTHING = "The sources do not say.";

    private static final Pattern CITED = Pattern.compile("\\[([^\\[\\]]{1,200})]|(https?://[^\\s\"'<>\\])]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final int MOST_LINES = 20;
    private static final int LONGEST_QUOTE = 200;

    private final List<Passage> passages;
    private final Inquired.Answered answered;
    private final String read;
    private final Set<String> numbers;

    Answer(String question, List<Passage> passages, Inquired.Answered answered) {
        this.passages = passages;
        this.answered = answered;
        StringBuilder all = new StringBuilder();
        for (Inquired.Looked looked : answered.looked()) {
            if (looked.result() instanceof ToolResult.Ok ok) {
                all.append(ok.data()).append('\n');
            }
        }
        read = all.toString();
        numbers = numbers(question + "\n" + read);
        passages.forEach(passage -> numbers.addAll(numbers(passage.text())));
    }

    /** Whether the model found nothing. */
    boolean nothing() {
        return answered.text().strip().equals(NOTHING);
    }

    /** Why the answer cannot be shown; empty when every line of it rests on something. */
    Optional<String> fault() {
        List<String> lines = lines();
        if (lines.size() > MOST_LINES) {
            return Optional.of("it has more than " + MOST_LINES + " lines");
        }
        for (String line : lines) {
            if (line.equals(NOTHING)) {
                continue;
            }
            Set<String> used = numbers(CITED.matcher(line).replaceAll(" "));
            used.removeAll(numbers);
            if (!used.isEmpty()) {
                return Optional.of("it uses the number " + used.iterator().next() + ", which no source has");
            }
            Set<Source> sources = new LinkedHashSet<>();
            Optional<String> unknown = cite(line, sources);
            if (unknown.isPresent()) {
                return Optional.of("it cites " + unknown.get() + ", which was not read");
            }
            if (sources.isEmpty()) {
                return Optional.of("a line of it names no source");
            }
        }
        return Optional.empty();
    }

    /** The lines with their sources; only for an answer without a fault. */
    List<Report.Block> blocks() {
        List<Report.Block> blocks = new ArrayList<>();
        for (String line : lines()) {
            Set<Source> sources = new LinkedHashSet<>();
            cite(line, sources);
            if (sources.isEmpty()) {
                sources.add(new Source.Formula("what the model found in what it read"));
            }
            blocks.add(new Report.Text(line, List.copyOf(sources)));
        }
        return blocks;
    }

    private List<String> lines() {
        return answered.text()
                .lines()
                .map(line -> line.strip().replaceFirst("^([-*•]|\\d{1,2}[.)])\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Collects what a line cites; the first thing it cites that was not read. */
    private Optional<String> cite(String line, Set<Source> sources) {
        Matcher matcher = CITED.matcher(line);
        while (matcher.find()) {
            boolean page = matcher.group(2) != null;
            String cited = page ? matcher.group(2).replaceAll("[.,;:!?]+$", "") : matcher.group(1);
            Optional<Source> source = page || cited.startsWith("http") ? page(cited) : passage(cited);
            if (source.isEmpty()) {
                return Optional.of(cited);
            }
            sources.add(source.get());
        }
        return Optional.empty();
    }

    private Optional<Source> page(String address) {
        return read.contains(address) ? Optional.of(new Source.Web(address, address)) : Optional.empty();
    }

    /** By its number in what was supplied, or by the name of a document that a tool gave. */
    private Optional<Source> passage(String cited) {
        if (cited.matches("\\d{1,3}")) {
            int number = Integer.parseInt(cited);
            return number >= 1 && number <= passages.size()
                    ? Optional.of(passages.get(number - 1).source())
                    : Optional.empty();
        }
        return passages.stream()
                .filter(passage -> passage.document().name().equalsIgnoreCase(cited))
                .findFirst()
                .map(Passage::source)
                .or(() -> looked(cited));
    }

    private Optional<Source> looked(String name) {
        int at = read.toLowerCase(Locale.ROOT).indexOf(name.toLowerCase(Locale.ROOT));
        if (at < 0 || name.length() < 3) {
            return Optional.empty();
        }
        String quote = read.substring(at, Math.min(read.length(), at + LONGEST_QUOTE));
        return Optional.of(new Source.Passage(name, name, quote));
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new HashSet<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return numbers;
    }
}
