/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.PlugJar.NotABundle;
import ai.king.engine.evolution.jar.Signatures;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.store.Query;
import ai.king.store.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changes in code, for those who vote: source line by line against the source that runs, a bundle by the public types and
 * methods of its own packages. Each is bounded, and says so where it is cut.
 */
final class CodeChanges {

    private static final int MOST_LINES = 2_000;
    private static final int MOST_SIGNATURES = 300;

    private final Candidates candidates;

    CodeChanges(Candidates candidates) {
        this.candidates = candidates;
    }

    /** A part of the text that people read. */
    record Section(String head, List<String> lines) {}

    List<Section> of(Reader reader, Proposal proposal, List<Item> before, List<Item> after) {
        List<Section> sections = new ArrayList<>();
        Map<String, Item> replaced = new LinkedHashMap<>();
        List<Item> added = Change.difference(after, before).stream()
                .filter(item -> Change.digests(proposal).contains(item.bundle()))
                .toList();
        added.forEach(item -> before.stream()
                .filter(old -> old.plug().equals(item.plug()) && !old.bundle().equals(item.bundle()))
                .findFirst()
                .ifPresent(old -> replaced.putIfAbsent(item.bundle(), old)));
        boolean told = false;
        if (proposal.kind() == Proposal.Kind.SOURCE) {
            SourceFiles source = SourceFiles.of(proposal);
            Optional<Item> old = replaced.values().stream().findFirst();
            Optional<SourceFiles> earlier = old.flatMap(item -> source(reader, item.bundle()));
            told = earlier.isPresent();
            sections.add(
                    earlier.isEmpty()
                            ? new Section("Source", source.lines())
                            : new Section(
                                    "Source, against " + old.get().bundleVersion() + " that runs",
                                    bounded(LineDiff.of(earlier.get().files(), source.files()), MOST_LINES)));
        }
        if (!told) {
            added.stream()
                    .map(Item::bundle)
                    .distinct()
                    .forEach(digest -> sections.add(signatures(digest, Optional.ofNullable(replaced.get(digest)))));
        }
        return sections;
    }

    /** What a bundle was made from, where that was proposed as source. */
    private static Optional<SourceFiles> source(Reader reader, String digest) {
        return reader
                .list(Query.of(Proposal.class)
                        .where("bundle", digest)
                        .where("kind", Proposal.Kind.SOURCE)
                        .page(null, 1))
                .stream()
                .findFirst()
                .map(SourceFiles::of);
    }

    private Section signatures(String digest, Optional<Item> old) {
        String head = "Public types and methods of " + name(digest)
                + old.map(item -> ", against " + item.bundleVersion() + " that runs")
                        .orElse("");
        try {
            SortedSet<String> was = old.isPresent() ? signatures(old.get().bundle()) : new TreeSet<>();
            SortedSet<String> becomes = signatures(digest);
            SortedSet<String> all = new TreeSet<>(was);
            all.addAll(becomes);
            List<String> lines = new ArrayList<>();
            for (String line : all) {
                if (!was.contains(line) || !becomes.contains(line)) {
                    lines.add((was.contains(line) ? "- " : "+ ") + line);
                }
            }
            return new Section(
                    head,
                    lines.isEmpty()
                            ? List.of("the same; what is in them may differ")
                            : bounded(lines, MOST_SIGNATURES));
        } catch (IOException | NotABundle e) {
            return new Section(head, List.of("they cannot be read: " + e.getMessage()));
        }
    }

    private String name(String digest) {
        PlugJar jar = candidates.apply(digest);
        return jar.symbolicName() + " " + jar.version();
    }

    private SortedSet<String> signatures(String digest) throws IOException, NotABundle {
        Path file = candidates.file(digest);
        return Signatures.read(file, PlugJar.read(file));
    }

    private static List<String> bounded(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, most));
        first.add(
                "... and " + (lines.size() - most) + " lines more, which are not shown here: read the proposal itself");
        return first;
    }
}
