/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Trial;
import ai.king.jail.host.wire.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Judges a candidate. Only a report that carries the nonce of this one trial counts; an exit status, a report without
 * it, no test at all, or no answer in time is a failure.
 */
final class Trials {

    private static final String CONTRACT = "contract";
    private static final String SANDBOX = "sandbox";
    private static final String TESTS = "tests";
    private static final String BUNDLE = "bundle.jar";
    private static final String TEST_JAR = "tests.jar";
    private static final String LIBRARY = "library-";
    private static final int LONGEST_FRAME = 1 << 20;

    /** Makes the cell of one trial. */
    @FunctionalInterface
    interface Opening {
        Cell open(Map<String, Path> inputs) throws IOException;
    }

    /** Runs one trial; ends the cell, whatever happens. */
    Trial run(
            Opening opening,
            Path bundle,
            List<Path> libraries,
            Optional<Path> tests,
            Map<String, Object> configuration,
            Duration limit) {
        long start = System.nanoTime();
        Map<String, Path> inputs = new LinkedHashMap<>(Map.of(BUNDLE, bundle));
        tests.ifPresent(jar -> inputs.put(TEST_JAR, jar));
        for (Path library : libraries) {
            inputs.put(LIBRARY + inputs.size() + ".jar", library);
        }
        try (Cell cell = opening.open(inputs)) {
            return judged(cell, inputs.keySet(), configuration, limit, start);
        } catch (IOException e) {
            return failed("the jail does not start: " + e.getMessage(), start);
        }
    }

    private static Trial judged(
            Cell cell, Set<String> inputs, Map<String, Object> configuration, Duration limit, long start) {
        Path in = cell.plan().in();
        boolean tests = inputs.contains(TEST_JAR);
        List<String> libraries = inputs.stream()
                .filter(name -> name.startsWith(LIBRARY))
                .map(name -> in.resolve(name).toString())
                .toList();
        Exchange.Heard heard = Exchange.once(
                cell,
                nonce -> new Frame.Judge(
                        nonce,
                        in.resolve(BUNDLE).toString(),
                        libraries,
                        tests ? Optional.of(in.resolve(TEST_JAR).toString()) : Optional.empty(),
                        configuration),
                LONGEST_FRAME,
                limit);
        return heard.frame() instanceof Frame.Verdict verdict && heard.carries(verdict.nonce())
                ? trial(verdict.findings(), tests, start)
                : failed(heard.otherwise(), start);
    }

    private static Trial trial(List<Frame.Finding> suites, boolean tests, long start) {
        Frame.Finding contract = suite(suites, CONTRACT);
        Frame.Finding own = tests ? suite(suites, TESTS) : contract;
        List<Finding> findings = new ArrayList<>();
        findings.add(finding(CONTRACT, contract, millis(start)));
        findings.add(finding(SANDBOX, own, millis(start)));
        int run = contract.run() + (tests ? own.run() : 0);
        int passed = contract.passed() + (tests ? own.passed() : 0);
        return new Trial(List.copyOf(findings), run, passed, Set.copyOf(own.succeeded()));
    }

    private static Frame.Finding suite(List<Frame.Finding> suites, String name) {
        return suites.stream()
                .filter(suite -> suite.suite().equals(name))
                .findFirst()
                .orElseGet(() -> new Frame.Finding(name, 0, 0, List.of("it was not run")));
    }

    private static Finding finding(String check, Frame.Finding suite, long millis) {
        boolean passed = suite.run() > 0
                && suite.passed() == suite.run()
                && suite.failures().isEmpty();
        String summary = suite.run() == 0 ? "no test ran" : suite.passed() + " of " + suite.run() + " tests passed";
        String detail = suite.failures().isEmpty() ? summary : summary + ": " + String.join("; ", suite.failures());
        return new Finding(check, passed ? Verdict.PASS : Verdict.FAIL, detail, millis);
    }

    private static Trial failed(String detail, long start) {
        return new Trial(
                List.of(
                        new Finding(CONTRACT, Verdict.FAIL, detail, millis(start)),
                        new Finding(SANDBOX, Verdict.FAIL, detail, millis(start))),
                0,
                0);
    }

    /** Without a jail nothing can be said. */
    static Trial notAssessed(String detail) {
        return new Trial(
                List.of(
                        new Finding(CONTRACT, Verdict.NOT_ASSESSED, detail, 0),
                        new Finding(SANDBOX, Verdict.NOT_ASSESSED, detail, 0)),
                0,
                0);
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
