/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.check.BaselineCheck;
import ai.king.engine.evolution.check.BytecodeCheck;
import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.check.Check;
import ai.king.engine.evolution.check.ConfigurationCheck;
import ai.king.engine.evolution.check.ManifestCheck;
import ai.king.engine.evolution.check.ReachesCheck;
import ai.king.engine.evolution.check.ResolutionCheck;
import ai.king.engine.evolution.check.ZipRules;
import ai.king.engine.evolution.content.Content;
import ai.king.engine.evolution.content.Contents;
import ai.king.engine.evolution.content.PlugTexts;
import ai.king.engine.evolution.content.Questions;
import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.PlugJar.NotABundle;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Asks a proposal what must be asked before people may decide it: the cheap questions first, the jail last. */
final class Admission {

    private static final Duration TRIAL_LIMIT = Duration.ofSeconds(300);

    private final Store store;
    private final Candidates candidates;
    private final FormerTests former;
    private final Evidence evidence;
    private final List<Check> checks;
    private final Libraries libraries;
    private final Questions questions;

    /** @param questions what changes without code are asked */
    Admission(
            BundleContext context,
            Store store,
            Candidates candidates,
            FormerTests former,
            Evidence evidence,
            Questions questions) {
        this.former = former;
        this.questions = questions;
        this.store = store;
        this.candidates = candidates;
        this.evidence = evidence;
        libraries = new Libraries(context);
        checks = List.of(
                new ManifestCheck(context),
                new BaselineCheck(context),
                new ResolutionCheck(context),
                new BytecodeCheck(),
                new ReachesCheck());
    }

    /**
     * What was found.
     *
     * @param testsRun in the jail; 0 where a kind has none
     */
    record Result(List<Finding> findings, int testsRun, int testsPassed) {

        /** NOT_ASSESSED refuses, too, where the check is required. */
        boolean passed() {
            return findings.stream().noneMatch(Result::refuses);
        }

        private static boolean refuses(Finding finding) {
            return Questions.refuses(finding) && !Evidence.SHOWN.contains(finding.check());
        }

        String failed() {
            return findings.stream()
                    .filter(Result::refuses)
                    .map(finding -> finding.check() + ": " + finding.detail())
                    .reduce((all, one) -> all + "\n" + one)
                    .orElse("");
        }
    }

    Result ask(Proposal proposal, @Nullable Jail jail) {
        return switch (proposal.kind()) {
            case BUNDLE, SOURCE -> bundles(proposal, jail);
            case CONFIGURATION -> replayed(proposal, configuration(proposal), jail);
            case PLAYBOOK -> replayed(proposal, content(proposal), jail);
            case MODEL, INFRASTRUCTURE -> content(proposal);
        };
    }

    /** Only what depends on the release it would join: asked again before a trial. */
    Result askAgain(Proposal proposal) {
        if (proposal.kind() == Proposal.Kind.CONFIGURATION) {
            return configuration(proposal);
        }
        if (Contents.of(proposal.kind(), proposal.change()).isPresent()) {
            return content(proposal);
        }
        List<Finding> findings = new ArrayList<>();
        for (String digest : Change.digests(proposal)) {
            findings.addAll(statics(proposal, digest, findings));
        }
        return new Result(findings, 0, 0);
    }

    private Result bundles(Proposal proposal, @Nullable Jail jail) {
        List<Finding> findings = new ArrayList<>();
        int run = 0;
        int passed = 0;
        for (String digest : Change.digests(proposal)) {
            findings.addAll(statics(proposal, digest, findings));
        }
        if (!new Result(findings, 0, 0).passed()) {
            return new Result(findings, 0, 0);
        }
        for (String digest : Change.digests(proposal)) {
            // Looking things up costs the jail nothing, so it goes on meanwhile.
            CompletableFuture<List<Finding>> lookedUp = CompletableFuture.supplyAsync(() -> lookedUp(proposal, digest));
            Jail.Trial trial = jailed(proposal, digest, jail);
            findings.addAll(lookedUp.join());
            trial.findings().stream().map(Advice::with).forEach(findings::add);
            if (jail != null && new Result(findings, 0, 0).passed()) {
                findings.add(former.compare(
                        proposal,
                        digest,
                        (bundle, tests) -> tried(proposal, digest, bundle, Optional.of(tests), jail)));
            }
            run += trial.testsRun();
            passed += trial.testsPassed();
        }
        return replayed(proposal, new Result(findings, run, passed), jail);
    }

    /** The dearest question last, and only about what may go on. */
    private Result replayed(Proposal proposal, Result result, @Nullable Jail jail) {
        if (!result.passed()) {
            return result;
        }
        List<Item> base = store.read(reader -> Releases.permanent(reader).items());
        List<Item> after = Change.apply(proposal, base, candidates);
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.addAll(evidence.replayed(base, after, candidates::file, jail));
        return new Result(findings, result.testsRun(), result.testsPassed());
    }

    private List<Finding> statics(Proposal proposal, String digest, List<Finding> before) {
        long start = System.nanoTime();
        try {
            Path file = candidates.file(digest);
            List<String> faults =
                    (proposal.origin() == Proposal.Origin.AI ? ZipRules.forAi() : ZipRules.forPeople()).faults(file);
            if (!faults.isEmpty()) {
                return List.of(finding("manifest", Answer.of(faults, ""), start));
            }
            Candidate candidate = read(proposal, digest);
            return checks.parallelStream()
                    .map(check -> timed(check, candidate))
                    .sorted(Comparator.comparingInt(Admission::order))
                    .toList();
        } catch (IOException | NotABundle e) {
            return List.of(finding("manifest", Answer.of(List.of(String.valueOf(e.getMessage())), ""), start));
        }
    }

    private List<Finding> lookedUp(Proposal proposal, String digest) {
        try {
            return evidence.about(read(proposal, digest));
        } catch (IOException | NotABundle e) {
            // It could be read a moment ago.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static int order(Finding finding) {
        return List.of("manifest", "baseline", "resolution", "bytecode", "reaches")
                .indexOf(finding.check());
    }

    private Candidate read(Proposal proposal, String digest) throws IOException, NotABundle {
        try {
            return store.read(reader -> {
                try {
                    return candidates.read(proposal, digest, reader);
                } catch (IOException | NotABundle e) {
                    throw new Unreadable(e);
                }
            });
        } catch (Unreadable e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        }
    }

    static Finding timed(Check check, Candidate candidate) {
        long start = System.nanoTime();
        return finding(check.name(), check.ask(candidate), start);
    }

    private Jail.Trial jailed(Proposal proposal, String digest, @Nullable Jail jail) {
        if (jail == null) {
            Answer none = new Answer(Verdict.NOT_ASSESSED, "this node has no jail");
            return new Jail.Trial(
                    List.of(finding("contract", none, System.nanoTime()), finding("sandbox", none, System.nanoTime())),
                    0,
                    0);
        }
        try {
            String tests = proposal.tests();
            Optional<Path> testFile = tests == null ? Optional.empty() : Optional.of(candidates.file(tests));
            return tried(proposal, digest, candidates.file(digest), testFile, jail);
        } catch (IOException e) {
            return untried(e);
        }
    }

    /** @param bundle the candidate's, or the one that runs, with the values the candidate would run with */
    private Jail.Trial tried(Proposal proposal, String digest, Path bundle, Optional<Path> tests, Jail jail) {
        try {
            Map<String, Object> values = configuration(proposal, digest);
            PlugJar jar = candidates.apply(digest);
            boolean agent = jar.plugs().stream()
                    .allMatch(plug -> plug.type().filter("Agent"::equals).isPresent());
            return agent
                    ? jail.test(bundle, tests, values, TRIAL_LIMIT)
                    : jail.test(bundle, libraries.of(jar), tests, values, TRIAL_LIMIT);
        } catch (IOException | RuntimeException e) {
            return untried(e);
        }
    }

    private static Jail.Trial untried(Exception e) {
        Answer failed = new Answer(Verdict.NOT_ASSESSED, "the jail could not try it: " + e.getMessage());
        return new Jail.Trial(List.of(finding("contract", failed, System.nanoTime())), 0, 0);
    }

    /** What its tests said, the last to be asked. */
    static Finding sandbox(Jail.Trial trial) {
        return trial.findings().get(trial.findings().size() - 1);
    }

    /** The values it would run with. */
    private Map<String, Object> configuration(Proposal proposal, String digest) {
        List<Item> base = store.read(reader -> Releases.permanent(reader).items());
        return Change.apply(proposal, base, candidates).stream()
                .filter(item -> item.bundle().equals(digest))
                .findFirst()
                .map(Item::values)
                .orElse(Map.of());
    }

    private Result content(Proposal proposal) {
        List<Item> base = store.read(reader -> Releases.permanent(reader).items());
        Content content = Change.content(proposal);
        return new Result(
                content instanceof PlugTexts texts ? List.of(texts(texts, base)) : questions.ask(content, base), 0, 0);
    }

    /** Prompts and rules are options of a plug that is in the release. */
    private Finding texts(PlugTexts texts, List<Item> base) {
        long start = System.nanoTime();
        try {
            List<Option> options =
                    candidates.apply(texts.bundle(base)).options().getOrDefault(texts.plug(), List.of());
            return finding("texts", texts.ask(base, options), start);
        } catch (IllegalArgumentException e) {
            return finding("texts", Answer.of(List.of(String.valueOf(e.getMessage())), ""), start);
        }
    }

    private Result configuration(Proposal proposal) {
        long start = System.nanoTime();
        List<Item> base = store.read(reader -> Releases.permanent(reader).items());
        List<Finding> findings = new ArrayList<>();
        try {
            for (Item item : Change.difference(Change.apply(proposal, base, candidates), base)) {
                Answer answer = ConfigurationCheck.ask(candidates.apply(item.bundle()), item);
                findings.add(finding("configuration", answer, start));
            }
        } catch (IllegalArgumentException e) {
            findings.add(finding("configuration", Answer.of(List.of(String.valueOf(e.getMessage())), ""), start));
        }
        if (findings.isEmpty()) {
            findings.add(finding("configuration", Answer.of(List.of("it changes nothing"), ""), start));
        }
        return new Result(findings, 0, 0);
    }

    static Finding finding(String check, Answer answer, long start) {
        return Advice.with(
                new Finding(check, answer.verdict(), answer.detail(), (System.nanoTime() - start) / 1_000_000));
    }

    /** Carries a failure out of a read. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(Exception cause) {
            super(cause);
        }
    }
}
