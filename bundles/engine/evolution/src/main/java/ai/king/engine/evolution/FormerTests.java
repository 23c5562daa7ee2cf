/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.engine.evolution.suite.Suite;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the tests that came along with those of the version that runs: none may be gone, switched off or look at less
 * unseen, and what the running version's tests ask is asked of the candidate, too, whatever became of them.
 */
final class FormerTests {

    static final String CHECK = "tests";

    private static final int SHOWN = 10;

    private final Store store;
    private final Candidates candidates;
    private final PlugFolder shipped;

    /** @param shipped the distribution's plugs, with their tests beside them */
    FormerTests(Store store, Candidates candidates, PlugFolder shipped) {
        this.store = store;
        this.candidates = candidates;
        this.shipped = shipped;
    }

    /** Runs tests in the jail on a bundle. */
    @FunctionalInterface
    interface Trying {
        Jail.Trial on(Path bundle, Path tests);
    }

    Finding compare(Proposal proposal, String digest, Trying trying) {
        long start = System.nanoTime();
        try {
            return Admission.finding(CHECK, answer(proposal, digest, trying), start);
        } catch (IOException | IllegalArgumentException e) {
            Answer unread = Answer.notAssessed("the tests cannot be compared: " + e.getMessage());
            return Admission.finding(CHECK, unread, start);
        }
    }

    private Answer answer(Proposal proposal, String digest, Trying trying) throws IOException {
        Optional<Path> own = own(proposal, digest);
        Suite suite = own.isEmpty() ? Suite.none() : Suite.read(own.get());
        Optional<Item> running = store.read(reader -> running(reader, digest));
        Optional<Path> former =
                running.isEmpty() ? Optional.empty() : tests(running.get().bundle());
        if (former.isEmpty()) {
            return alone(suite, running);
        }
        Suite before = Suite.read(former.get());
        List<String> faults = new ArrayList<>();
        String run = "";
        if (!suite.holds(before)) {
            Path runs = candidates.file(running.get().bundle());
            Asked asked = asked(runs, candidates.file(digest), former.get(), trying);
            faults.addAll(asked.faults());
            run = asked.told();
        }
        faults.addAll(suite.weaker(before));
        return shown(
                faults,
                before.tests().size() + " tests of the version that runs are there, "
                        + suite.tests().size() + " came along" + run);
    }

    /** Those of the proposal; what came with a newer distribution has them beside it. */
    private Optional<Path> own(Proposal proposal, String digest) throws IOException {
        String tests = proposal.tests();
        return tests == null ? shipped.tests(digest) : Optional.of(candidates.file(tests));
    }

    /** Nothing to compare with: only what says nothing by itself is told. */
    private static Answer alone(Suite suite, Optional<Item> running) {
        String why = running.isEmpty()
                ? "nothing of it runs yet"
                : "no tests of the version that runs are kept: only what came along can be looked at";
        if (!suite.idle().isEmpty()) {
            return shown(suite.idle(), "");
        }
        return Answer.notAssessed(
                why + "; " + (suite.tests().isEmpty() ? "no" : suite.tests().size()) + " tests came along");
    }

    private static Answer shown(List<String> faults, String otherwise) {
        List<String> first = faults.stream().limit(SHOWN).collect(Collectors.toCollection(ArrayList::new));
        if (faults.size() > SHOWN) {
            first.add("and " + (faults.size() - SHOWN) + " more");
        }
        return faults.isEmpty() ? Answer.pass(otherwise) : new Answer(Verdict.FAIL, String.join("\n", first));
    }

    /**
     * What came of asking the candidate the former tests.
     *
     * @param told how many could be asked
     */
    record Asked(List<String> faults, String told) {}

    /** Only what the version that runs passes in this jail is asked of the candidate: some tests need a network or files. */
    static Asked asked(Path running, Path candidate, Path tests, Trying trying) {
        Jail.Trial trial = trying.on(candidate, tests);
        Finding now = Admission.sandbox(trial);
        if (now.verdict() == Verdict.PASS) {
            return new Asked(List.of(), "; they hold on it: " + trial.passed().size() + " passed");
        }
        if (now.verdict() == Verdict.NOT_ASSESSED) {
            return new Asked(List.of(), "; they could not be run on it: " + now.detail());
        }
        Set<String> then = trying.on(running, tests).passed();
        SortedSet<String> lost = new TreeSet<>(then);
        lost.removeAll(trial.passed());
        if (lost.isEmpty()) {
            return new Asked(
                    List.of(),
                    then.isEmpty()
                            ? "; none of them can be run in the jail"
                            : "; " + then.size()
                                    + " passed on both, the others fail in the jail on the version that runs, too");
        }
        List<String> faults = lost.stream()
                .map(name -> name + " of the version that runs fails on it")
                .collect(Collectors.toCollection(ArrayList::new));
        faults.add("it says: " + now.detail());
        return new Asked(faults, "");
    }

    /** What would be replaced. */
    private Optional<Item> running(Reader reader, String digest) {
        String plug = candidates.apply(digest).symbolicName();
        return Releases.permanent(reader).items().stream()
                .filter(item -> item.plug().equals(plug) && !item.bundle().equals(digest))
                .findFirst();
    }

    /** Those that were proposed with it, or lie beside it in the distribution. */
    private Optional<Path> tests(String bundle) throws IOException {
        Optional<String> proposed =
                store.read(reader -> reader.list(Query.of(Proposal.class).where("bundle", bundle)).stream()
                        .map(Proposal::tests)
                        .filter(Objects::nonNull)
                        .findFirst());
        return proposed.isPresent() ? Optional.of(candidates.file(proposed.get())) : shipped.tests(bundle);
    }
}
