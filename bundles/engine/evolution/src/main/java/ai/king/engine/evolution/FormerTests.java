/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.engine.evolution.suite.Suite;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
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
        Finding on(Path bundle, Path tests);
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
        String own = proposal.tests();
        Suite suite = own == null ? Suite.none() : Suite.read(candidates.file(own));
        Optional<Item> running = store.read(reader -> running(reader, digest));
        Optional<Path> former =
                running.isEmpty() ? Optional.empty() : tests(running.get().bundle());
        if (former.isEmpty()) {
            return alone(suite, running);
        }
        Suite before = Suite.read(former.get());
        List<String> faults = new ArrayList<>(suite.weaker(before));
        if (!suite.holds(before)) {
            Path runs = candidates.file(running.get().bundle());
            faults.addAll(failing(runs, candidates.file(digest), former.get(), trying));
        }
        return shown(
                faults,
                before.tests().size() + " tests of the version that runs hold, "
                        + suite.tests().size() + " came along");
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

    /** The former tests that the candidate fails, and that the version that runs still passes in this jail. */
    private static List<String> failing(Path running, Path candidate, Path tests, Trying trying) {
        Finding now = trying.on(candidate, tests);
        if (now.verdict() == Verdict.PASS) {
            return List.of();
        }
        Finding then = trying.on(running, tests);
        return then.verdict() == Verdict.PASS
                ? List.of("the tests of the version that runs fail on it: " + now.detail())
                : List.of();
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
