/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.agent.echo.EchoAgent;
import ai.king.evolution.Finding;
import ai.king.evolution.Jail;
import ai.king.jail.warden.Warden;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The jail of this machine: how long a verdict on the reference agent takes, and what a call through the pipe costs. */
final class JailMeasure implements Measure {

    private static final double VERDICT = 3e9;
    private static final double PIPE = 300e3;
    private static final int VERDICTS = 3;
    private static final int CALLS = 2_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "jail";
    }

    @Override
    public List<Line> take(Setting setting) throws IOException {
        Jail jail = Engines.of(Warden.class, Map.of());
        try {
            if (jail.tier().equals("NONE")) {
                throw new IOException("no jail on this machine; this gives one: "
                        + jail.missing().orElse(""));
            }
            return List.of(verdict(setting, jail), pipe(setting, jail));
        } finally {
            Engines.stop(jail);
        }
    }

    private static Line verdict(Setting setting, Jail jail) throws IOException {
        Optional<Path> tests = tests(setting);
        Series verdicts = new Series();
        for (int round = 0; round < setting.rounds(); round++) {
            Times times = verdicts.round();
            for (int i = 0; i < VERDICTS; i++) {
                long start = System.nanoTime();
                Jail.Trial trial = jail.test(bundle(), tests, Map.of(), LIMIT);
                times.add(System.nanoTime() - start);
                if (trial.findings().stream().anyMatch(finding -> finding.verdict() != Finding.Verdict.PASS)) {
                    throw new IOException("it did not pass: " + trial);
                }
            }
            setting.note("verdict round " + round + ": " + times);
        }
        return new Line(
                "verdict on a small agent, contract" + (tests.isPresent() ? " and its tests" : ""),
                verdicts.text(),
                "none",
                "",
                "3 s at the median",
                verdicts.median() < VERDICT,
                jail.tier() + "; the start of a virtual machine, then JUnit and twenty swaps in it");
    }

    /** What its build left beside it; none where it was not built here. */
    private static Optional<Path> tests(Setting setting) throws IOException {
        Path folder = setting.home().resolve("bundles/agent/echo/target");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-tests.jar")).findFirst();
        }
    }

    private static Path bundle() {
        return Path.of(URI.create(EchoAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private static Line pipe(Setting setting, Jail jail) {
        Agent here = Engines.of(EchoAgent.class, Map.of());
        Series piped = new Series();
        Series direct = new Series();
        try (Jail.Resident resident = jail.house(bundle(), Map.of(), "echo")) {
            resident.wake();
            Agent there = resident.agent();
            calls(there, new Times());
            calls(here, new Times());
            for (int round = 0; round < setting.rounds(); round++) {
                calls(there, piped.round());
                calls(here, direct.round());
                setting.note("call round " + round + ": piped " + piped.last() + ", in process " + direct.last());
            }
        }
        double more = piped.median() - direct.median();
        return new Line(
                "call of a jailed agent",
                piped.text(),
                direct.text() + " in process",
                Times.text(more) + " more",
                "300 us more at the median",
                more < PIPE,
                "two switches of process each way, and JSON written and read twice");
    }

    private static void calls(Agent agent, Times times) {
        FakeContext context = new FakeContext();
        for (int i = 0; i < CALLS; i++) {
            Task task = new Task("step-" + i, "echo", "hello", Map.of(), Map.of(), List.of());
            long start = System.nanoTime();
            Outcome outcome = agent.perform(task, context);
            times.add(System.nanoTime() - start);
            if (!(outcome instanceof Outcome.Done)) {
                throw new IllegalStateException("the agent did not echo: " + outcome);
            }
        }
    }
}
