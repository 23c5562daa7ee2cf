/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.check.Check;
import ai.king.engine.evolution.jar.Carried;
import ai.king.engine.evolution.jar.Library;
import ai.king.evolution.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Known weaknesses of the libraries in a candidate, by OSV data that lies on this machine; asks nobody. */
public final class OsvCheck implements Check {

    private static final String ZIP = "https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip";
    private static final int SHOWN = 30;

    private final String place;
    private final Duration fresh;
    private final Clock clock;
    private final String option;

    /**
     * @param place a folder, or one zip; empty: there is no data
     * @param fresh how old the data may be to say that nothing is known
     * @param option where an admin names the place
     */
    public OsvCheck(String place, Duration fresh, Clock clock, String option) {
        this.place = place;
        this.fresh = fresh;
        this.clock = clock;
        this.option = option;
    }

    @Override
    public String name() {
        return "osv";
    }

    @Override
    public Answer ask(Candidate candidate) {
        try {
            Carried carried = Carried.read(candidate.file(), candidate.jar());
            if (carried.nothing()) {
                return Answer.pass("it carries no library of others");
            }
            if (carried.libraries().isEmpty()) {
                return Answer.notAssessed(unsaid(carried));
            }
            Optional<Path> data = data();
            if (data.isEmpty()) {
                return Answer.notAssessed("there is no data about weaknesses on this node: put " + ZIP
                        + ", or OSV records as JSON files, into a folder and name it in the option " + option
                        + "; it carries "
                        + named(carried.libraries()));
            }
            return judged(carried, data.get());
        } catch (IOException | RuntimeException e) {
            return Answer.notAssessed("it cannot be looked up: " + e.getMessage());
        }
    }

    private Optional<Path> data() {
        try {
            return Optional.of(place)
                    .filter(path -> !path.isBlank())
                    .map(Path::of)
                    .filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Answer judged(Carried carried, Path data) throws IOException {
        Advisories.Found found = Advisories.about(
                carried.libraries().stream().map(Library::name).collect(Collectors.toCollection(TreeSet::new)), data);
        if (found.newest().isEmpty()) {
            return Answer.notAssessed("no OSV record can be read in " + data + " (" + found.records()
                    + " JSON files): put " + ZIP + " there");
        }
        Instant newest = found.newest().get();
        boolean stale = newest.isBefore(clock.instant().minus(fresh));
        List<String> lines = new ArrayList<>();
        carried.libraries().forEach(library -> lines.addAll(matches(library, found.about())));
        boolean weak = !lines.isEmpty();
        if (lines.size() > SHOWN) {
            List<String> first = List.copyOf(lines.subList(0, SHOWN));
            int more = lines.size() - SHOWN;
            lines.clear();
            lines.addAll(first);
            lines.add("and " + more + " more");
        }
        lines.add((weak ? "looked up " : "nothing is known of ") + named(carried.libraries()));
        lines.add("by " + found.records() + " OSV records, the newest of " + LocalDate.ofInstant(newest, ZoneOffset.UTC)
                + (stale
                        ? ": older than " + fresh.toDays()
                                + " days, so what was found since is missing; fetch them anew"
                        : "")
                + (found.unreadable() > 0 ? "; " + found.unreadable() + " of them cannot be read" : ""));
        if (!carried.unsaid().isEmpty()) {
            lines.add(unsaid(carried));
        }
        boolean certain = !stale && carried.unsaid().isEmpty() && found.unreadable() == 0;
        Verdict verdict = weak ? Verdict.FAIL : certain ? Verdict.PASS : Verdict.NOT_ASSESSED;
        return new Answer(verdict, String.join("\n", lines));
    }

    private static List<String> matches(Library library, List<Advisory> advisories) {
        if (library.version().isEmpty()) {
            return List.of();
        }
        return advisories.stream()
                .filter(advisory -> !advisory.withdrawn())
                .map(advisory -> advisory.match(library.name(), library.version()))
                .flatMap(Optional::stream)
                .map(match -> library + " has " + match.advisory().told()
                        + match.fixed()
                                .map(version -> "; take " + version + " or later")
                                .orElse("; no version is known that mends it"))
                .sorted()
                .toList();
    }

    static String named(List<Library> libraries) {
        String shown = libraries.stream().limit(SHOWN).map(Library::toString).collect(Collectors.joining(", "));
        return libraries.size() > SHOWN ? shown + " and " + (libraries.size() - SHOWN) + " more" : shown;
    }

    static String unsaid(Carried carried) {
        return "the packages " + carried.unsaidShown()
                + " come from no library that the jar names, so nothing can be looked" + " up for them: "
                + Carried.KEEP;
    }
}
