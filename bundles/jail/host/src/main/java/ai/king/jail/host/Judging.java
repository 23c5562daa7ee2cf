/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.jail.host.wire.Frame.Finding;
import ai.king.jail.host.wire.Frame.Judge;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit's contract and the candidate's own tests. */
final class Judging {

    private final Ground ground;

    Judging(Ground ground) {
        this.ground = ground;
    }

    /** One finding named {@code contract} and, with tests, one named {@code tests}. */
    List<Finding> findings(Judge judge) {
        List<Finding> findings = new ArrayList<>();
        // Where the platform's plugs look for the folder that outlives them.
        System.setProperty("king.data", Path.of("data").toAbsolutePath().toString());
        Path bundle = Path.of(judge.bundle());
        List<Path> libraries = judge.libraries().stream().map(Path::of).toList();
        try {
            List<Candidate> candidates = ground.candidates(bundle, libraries, judge.configuration());
            Finding asked = asked(candidates);
            findings.add(ending(asked, candidates, () -> ground.again(bundle, judge.configuration())));
        } catch (Unfit e) {
            findings.add(new Finding("contract", 0, 0, List.of(String.valueOf(e.getMessage()))));
        }
        judge.tests().ifPresent(tests -> findings.add(own(bundle, libraries, Path.of(tests))));
        return findings;
    }

    /** The questions of each plug's family, one plug after the other. */
    private static Finding asked(List<Candidate> candidates) {
        int ran = 0;
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (Candidate candidate : candidates) {
            candidate.judge();
            Finding finding = run("contract", List.of(candidate.family().questions()));
            ran += finding.run();
            passed += finding.passed();
            failures.addAll(finding.failures());
        }
        return new Finding("contract", ran, passed, List.copyOf(failures));
    }

    /** What is swapped must end, too: with a call under way, as a node that is stopped ends it. */
    private Finding ending(Finding contract, List<Candidate> candidates, Succession.Coming coming) {
        Optional<Agent> agent = candidates.stream()
                .filter(candidate -> candidate.family() == Family.AGENT)
                .findFirst()
                .map(candidate -> (Agent) candidate.plug());
        List<String> faults = new ArrayList<>();
        agent.flatMap(Retention::of).ifPresent(fault -> faults.add("keepsNothingOfItsCalls(): " + fault));
        Optional<CallUnderWay> call = agent.map(CallUnderWay::of);
        ground.stopped().ifPresent(fault -> faults.add("stopsWhenItIsSwapped(): " + fault));
        call.flatMap(CallUnderWay::ended).ifPresent(fault -> faults.add("endsACallThatIsUnderWay(): " + fault));
        if (faults.isEmpty() && contract.failures().isEmpty()) {
            new Succession(coming).fault().ifPresent(fault -> faults.add("leavesNothingBehindWhenItGoes(): " + fault));
        }
        if (faults.isEmpty()) {
            return contract;
        }
        List<String> failures = new ArrayList<>(contract.failures());
        failures.addAll(faults);
        return new Finding(contract.suite(), contract.run() + 1, contract.passed(), List.copyOf(failures));
    }

    /** As a build runs them: bundle and tests on one flat class path, so that tests see what is package-private. */
    private static Finding own(Path bundle, List<Path> libraries, Path tests) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls(bundle, libraries, tests), Judging.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            List<Class<?>> classes = new ArrayList<>();
            for (String name : names(tests)) {
                classes.add(Class.forName(name, false, loader));
            }
            return run("tests", classes);
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            return new Finding("tests", 0, 0, List.of("the tests cannot be loaded: " + e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] urls(Path bundle, List<Path> libraries, Path tests) throws IOException {
        List<URL> urls =
                new ArrayList<>(List.of(bundle.toUri().toURL(), tests.toUri().toURL()));
        for (Path library : libraries) {
            urls.add(library.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static List<String> names(Path tests) throws IOException {
        try (JarFile jar = new JarFile(tests.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static Finding run(String suite, List<Class<?>> classes) {
        // No extension of the candidate's choosing: engines and listeners are named here, not looked up.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        Count count = new Count();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(classes.stream()
                                .map(DiscoverySelectors::selectClass)
                                .toList())
                        .build(),
                count);
        return count.finding(suite);
    }
}
