/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.agent.Agent;
import ai.king.agents.Rehearsals;
import ai.king.cluster.Node;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.evolution.Evolution;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Finding;
import ai.king.evolution.Jail;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.gate.Approval;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Two nodes and one jail through which mutants go as any proposal does; people approve all that comes before them. */
final class Pipeline implements AutoCloseable {

    private static final Identity ADA = new Identity("ada", Set.of(Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));
    private static final Set<Status> CHECKED = Set.of(Status.READY, Status.FAILED);
    private static final int CALLERS = 4;
    private static final int BATCH = 48;
    /** On the new version: a fault that comes late comes after up to a hundred. */
    private static final int TRIED = 160;

    private static final long PATIENCE_NANOS = 400_000_000_000L;
    /** The rule looks every 20 ms, or later on a busy machine: where there is something to see it is given the time. */
    private static final long LOOKS_NANOS = 250_000_000L;

    private static final long RULE_NANOS = 20_000_000_000L;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private final Map<String, TestNode> nodes = new ConcurrentSkipListMap<>();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS, task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });
    private int goals;

    Pipeline(Path work, List<Reference> references, Jail jail) throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        for (Reference one : references) {
            Mutant.Bundle plan = new Mutant.Bundle(one.plug(), one.files(), Map.of());
            Assembly.Made made = Assembly.make(plan, "1.0.0");
            Files.write(plugs.resolve(one.plug() + ".jar"), made.bundle());
            Files.write(plugs.resolve(one.plug() + "-tests.jar"), made.tests().orElseThrow());
            Files.writeString(plugs.resolve(one.plug() + ".cfg"), "");
        }
        new RealWork(references).store(store);
        ConcurrentMap<String, Node> cluster = new ConcurrentSkipListMap<>();
        for (String name : List.of("one", "two")) {
            TestNode node = new TestNode(work.resolve(name), plugs, store, new FakeNodes(name, cluster), approvals);
            nodes.put(name, node.start(jail, Map.of("canaryPercent", 50, "canaryGoals", 1_000_000), Map.of()));
            node.framework().context().registerService(Rehearsals.class, new RealWork(references), null);
        }
        nodes.values().forEach(node -> node.awaitApplied(1));
    }

    /** A mutant that was proposed; without an id where it was refused at the door. */
    record Proposed(Mutant mutant, Optional<String> id, String refused) {}

    Proposed propose(Mutant mutant) {
        try {
            return new Proposed(
                    mutant,
                    Optional.of(evolution().propose(ADA, proposal(mutant)).id()),
                    "");
        } catch (IllegalArgumentException e) {
            return new Proposed(mutant, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static NewProposal proposal(Mutant mutant) {
        if (mutant.form() instanceof Mutant.Source source) {
            Map<String, Object> change = Map.of("plug", mutant.of().plug(), "files", source.files());
            return proposal(mutant, Kind.SOURCE, change, Optional.empty(), Optional.empty());
        }
        if (mutant.form() instanceof Mutant.Bundle plan) {
            Assembly.Made made = Assembly.make(plan, "1." + mutant.no() + ".0");
            return proposal(mutant, Kind.BUNDLE, Map.of(), Optional.of(made.bundle()), made.tests());
        }
        Map<String, Object> change = ((Mutant.Values) mutant.form()).change();
        return proposal(mutant, Kind.CONFIGURATION, change, Optional.empty(), Optional.empty());
    }

    private static NewProposal proposal(
            Mutant mutant, Kind kind, Map<String, Object> change, Optional<byte[]> bundle, Optional<byte[]> tests) {
        return new NewProposal(
                kind,
                "Mutant " + mutant.no(),
                mutant.what(),
                change,
                Optional.empty(),
                bundle.map(ByteArrayInputStream::new),
                tests.map(ByteArrayInputStream::new));
    }

    /** Takes what was proposed to its end; in the order in which it was proposed. */
    Outcome end(Proposed proposed) {
        if (proposed.id().isEmpty()) {
            return new Outcome(proposed.mutant(), Outcome.Stop.CHECK, "refused at the door: " + proposed.refused());
        }
        Proposal checked = await(proposed.id().get(), CHECKED);
        if (overtaken(proposed.mutant(), checked)) {
            return end(propose(proposed.mutant()));
        }
        if (checked.status() == Status.FAILED) {
            return failed(proposed.mutant(), checked);
        }
        Optional<Outcome> shown = shown(proposed.mutant(), checked);
        if (shown.isPresent()) {
            evolution().withdraw(ADA, checked.id());
            return shown.get();
        }
        nodes.get("one").decide(checked.approvalId(), Approval.Status.APPROVED);
        Proposal tried = await(checked.id(), Set.of(Status.CANARY, Status.FAILED, Status.ROLLED_BACK));
        if (overtaken(proposed.mutant(), tried)) {
            return end(propose(proposed.mutant()));
        }
        if (tried.status() != Status.CANARY) {
            return new Outcome(proposed.mutant(), Outcome.Stop.CANARY, tried.reason());
        }
        return onTrial(proposed.mutant(), tried);
    }

    /** What people are shown before they vote, in words that no honest change earns by itself. */
    private static Optional<Outcome> shown(Mutant mutant, Proposal checked) {
        for (Finding one : checked.findings()) {
            boolean replay = one.check().equals("replay")
                    && (one.verdict() == Finding.Verdict.FAIL || one.detail().contains("for a person to say"));
            if (replay) {
                return Optional.of(new Outcome(mutant, Outcome.Stop.REPLAY, one.detail()));
            }
            if (one.check().equals("tests") && one.verdict() == Finding.Verdict.FAIL) {
                return Optional.of(new Outcome(mutant, Outcome.Stop.CHECK, "tests: " + one.detail()));
            }
        }
        return Optional.empty();
    }

    /** Source that was built before another one had its trial has an old version: a new attempt is a new proposal. */
    private static boolean overtaken(Mutant mutant, Proposal proposal) {
        return mutant.form() instanceof Mutant.Source
                && proposal.status() == Status.FAILED
                && proposal.reason().contains("baseline: version");
    }

    private static Outcome failed(Mutant mutant, Proposal proposal) {
        boolean replay = proposal.findings().stream()
                .filter(one -> one.verdict() != Finding.Verdict.PASS)
                .allMatch(one -> one.check().equals("replay"));
        return new Outcome(mutant, replay ? Outcome.Stop.REPLAY : Outcome.Stop.CHECK, proposal.reason());
    }

    private Outcome onTrial(Mutant mutant, Proposal trial) {
        TestNode first = nodes.get(String.valueOf(trial.canary().get("node")));
        long end = System.nanoTime() + RULE_NANOS;
        while (status(trial) == Status.CANARY && tried(first, trial) < TRIED && System.nanoTime() < end) {
            calls(first, mutant.of());
        }
        end = System.nanoTime() + (suspicious(first, trial) ? RULE_NANOS : LOOKS_NANOS);
        while (status(trial) == Status.CANARY && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        try {
            evolution().abort(GRACE, trial.id());
            return new Outcome(mutant, Outcome.Stop.NOTHING, "");
        } catch (IllegalStateException ended) {
            return new Outcome(
                    mutant,
                    Outcome.Stop.CANARY,
                    evolution().find(trial.id()).orElseThrow().reason());
        }
    }

    private static boolean suspicious(TestNode first, Proposal trial) {
        return seen(first, trial, "errorsNew") >= 10 || seen(first, trial, "p95New") > 70;
    }

    /** The calls on the new version: a node begins with them some moments after the trial began. */
    private static double tried(TestNode first, Proposal trial) {
        return seen(first, trial, "calls");
    }

    private static double seen(TestNode first, Proposal trial, String figure) {
        Map<String, Object> figures =
                first.evolution().find(trial.id()).orElseThrow().canary();
        return figures != null && figures.get(figure) instanceof Number number ? number.doubleValue() : 0;
    }

    private Status status(Proposal proposal) {
        return evolution().find(proposal.id()).orElseThrow().status();
    }

    /** Calls for goals that were not there before, on old and new alike. */
    private void calls(TestNode node, Reference of) {
        Plugs plugs = node.framework().service(Plugs.class);
        List<Callable<Boolean>> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String goal = "goal " + goals++;
            batch.add(() -> call(plugs, of, goal));
        }
        try {
            for (Future<Boolean> call : callers.invokeAll(batch)) {
                call.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As an engine calls: what is thrown and what failed counts against the generation. */
    private static boolean call(Plugs plugs, Reference of, String goal) {
        try (Lease<Agent> lease = plugs.lease(Agent.class, of.agent(), RouteKey.of(goal))) {
            try {
                ai.king.agent.Outcome outcome =
                        lease.plug().perform(of.task(goal), of.context().get());
                if (outcome instanceof ai.king.agent.Outcome.Failed) {
                    lease.failed();
                }
                return true;
            } catch (RuntimeException | LinkageError | StackOverflowError fault) {
                lease.failed();
                return false;
            }
        }
    }

    private Evolution evolution() {
        return nodes.get("one").evolution();
    }

    private Proposal await(String id, Set<Status> wanted) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Proposal now = evolution().find(id).orElseThrow();
        while (!wanted.contains(now.status())) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still not " + wanted + ": " + now);
            }
            LockSupport.parkNanos(2_000_000);
            now = evolution().find(id).orElseThrow();
        }
        return now;
    }

    @Override
    public void close() {
        callers.shutdownNow();
        nodes.values().forEach(TestNode::close);
    }
}
