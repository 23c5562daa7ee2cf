/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.access.Identity;
import ai.king.cluster.Nodes;
import ai.king.engine.evolution.content.Questions;
import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.engine.evolution.node.DataFolder;
import ai.king.engine.evolution.node.JarCache;
import ai.king.engine.evolution.node.PlaybookFolder;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.engine.evolution.node.ReleasedItems;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import ai.king.evolution.Expectation;
import ai.king.evolution.Jail;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.DecisionListener;
import ai.king.plug.Routes;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Page;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Proposals from their first check to a release, and back. */
@Component(
        service = {Evolution.class, DecisionListener.class},
        immediate = true,
        configurationPid = "ai.king.engine.evolution")
@Designate(ocd = EvolutionEngine.Config.class)
public final class EvolutionEngine implements Evolution, DecisionListener {

    @ObjectClassDefinition(name = "Evolution", description = "Proposals and their trials")
    @interface Config {
        @AttributeDefinition(description = "Percent of the goals that a trial gets on its first node")
        int canaryPercent() default 10;

        @AttributeDefinition(description = "Percent of the goals that a trial gets once all nodes take part")
        int canaryWidePercent() default 50;

        @AttributeDefinition(description = "Goals on the new generation after which a trial takes in all nodes")
        int canaryGoals() default 50;

        @AttributeDefinition(description = "Minutes after which a trial takes in all nodes")
        int canaryMinutes() default 15;

        @AttributeDefinition(description = "Seconds that a node runs a release before the next node takes it")
        int staySeconds() default 2;

        @AttributeDefinition(
                description = "Seconds that a node may take to run a release before the next one has its turn anyway")
        int nodeSeconds() default 60;

        @AttributeDefinition(description = "Hours after which a trial that nobody ended is undone")
        int trialHours() default 24;

        @AttributeDefinition(description = "Milliseconds between two looks at the proposals")
        int pollMillis() default 500;

        @AttributeDefinition(description = "Seconds between two looks for a jail while a proposal waits for one")
        int jailSeconds() default 15;

        @AttributeDefinition(description = "Git repository that what was accepted is pushed to; empty for none")
        String gitRemote() default "";
    }

    private final Store store;
    private final Ledger ledger;
    private final Intake intake;
    private final Validation validation;
    private final Trials trials;
    private final Decisions decisions;
    private final History history;
    private final Rounds rounds;
    private volatile @Nullable Controls controls;

    @Activate
    public EvolutionEngine(
            BundleContext context,
            @Reference Store store,
            @Reference Ledger ledger,
            @Reference Payloads payloads,
            @Reference Nodes nodes,
            @Reference Approvals approvals,
            @Reference Routes routes,
            @Reference Reconciler reconciler,
            @Reference ReleasedItems released,
            @Reference Evidence evidence,
            @Reference Questions questions,
            Config config)
            throws IOException {
        this.store = store;
        this.ledger = ledger;
        JarCache cache = new JarCache(DataFolder.of(context), "candidates");
        cache.keep(Set.of());
        Candidates candidates = new Candidates(cache, payloads);
        PlugFolder shipped = new PlugFolder(Reconciler.plugs(context));
        FormerTests former = new FormerTests(store, candidates, shipped);
        Admission admission = new Admission(context, store, candidates, former, evidence, questions);
        intake = new Intake(store, payloads);
        validation = new Validation(
                store,
                nodes,
                approvals,
                candidates,
                admission,
                new Workshop(store, payloads, candidates),
                Duration.ofSeconds(config.jailSeconds()));
        history = new History(store, approvals, DataFolder.of(context).path("history.git"), config.gitRemote());
        trials = new Trials(
                store,
                nodes,
                new TrialFigures(routes, released::tallies),
                reconciler,
                new NextTrial(store, nodes, reconciler, candidates, admission, approvals),
                new Canary.Settings(
                        config.canaryPercent(),
                        config.canaryWidePercent(),
                        config.canaryGoals(),
                        Duration.ofMinutes(config.canaryMinutes()),
                        Duration.ofHours(config.trialHours())),
                new Rollout.Pace(Duration.ofSeconds(config.staySeconds()), Duration.ofSeconds(config.nodeSeconds())));
        decisions = new Decisions(store, approvals, trials, new Rollback(candidates), reconciler);
        rounds = new Rounds(
                validation,
                trials,
                reconciler,
                new NewerDistribution(store, payloads, approvals, shipped),
                new NewerPlaybooks(store, PlaybookFolder.of(context)),
                questions,
                history,
                Duration.ofMillis(config.pollMillis()));
        rounds.start(this::paused);
    }

    @Deactivate
    void stop() throws InterruptedException {
        rounds.stop();
        validation.close();
        history.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindJail(Jail jail) {
        validation.jail(jail);
    }

    void unbindJail(Jail jail) {
        validation.noJail(jail);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindControls(Controls there) {
        controls = there;
    }

    void unbindControls(Controls gone) {
        controls = controls == gone ? null : controls;
    }

    private boolean paused() {
        Controls there = controls;
        return there != null && there.paused();
    }

    @Override
    public Proposal propose(Identity by, NewProposal proposal) {
        Proposal stored = intake.take(by, proposal);
        rounds.wake();
        return stored;
    }

    @Override
    public Optional<Proposal> find(String id) {
        return store.read(reader -> reader.find(Proposal.class, id)).map(trials::live);
    }

    @Override
    public Page<Proposal> page(@Nullable String cursor, int limit) {
        return store.read(reader ->
                reader.page(Query.of(Proposal.class).descending("createdAt").page(cursor, limit)));
    }

    @Override
    public List<Map<String, Object>> history(String id) {
        return ledger.about(id).stream().map(EvolutionEngine::entry).toList();
    }

    private static Map<String, Object> entry(LedgerEntry entry) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", entry.at());
        shown.put("actor", entry.actor());
        shown.put("action", entry.action());
        shown.put("data", entry.data());
        return shown;
    }

    @Override
    public Optional<Expectation> expectation(String proposalId) {
        return store.read(reader -> Expectations.of(reader, proposalId));
    }

    @Override
    public Proposal withdraw(Identity by, String id) {
        return decisions.withdraw(by, id);
    }

    @Override
    public Proposal promote(Identity by, String id) {
        if (paused()) {
            throw new IllegalStateException("the platform is paused");
        }
        return decisions.promote(by, id);
    }

    @Override
    public Proposal abort(Identity by, String id) {
        return decisions.abort(by, id);
    }

    @Override
    public Proposal rollback(Identity by, String id) {
        return decisions.rollback(by, id);
    }

    @Override
    public Page<Accepted> accepted(@Nullable String cursor, int limit) {
        return history.page(cursor, limit);
    }

    @Override
    public Optional<Release> release(long no) {
        return store.read(reader -> Releases.find(reader, no));
    }

    @Override
    public Page<Release> releases(@Nullable String cursor, int limit) {
        return store.read(
                reader -> reader.page(Query.of(Release.class).descending("no").page(cursor, limit)));
    }

    @Override
    public Pointer pointer() {
        return store.read(Releases::pointer)
                .orElseThrow(() -> new IllegalStateException("there is no release yet: this node is starting"));
    }

    @Override
    public String subjectKind() {
        return "proposal";
    }

    @Override
    public void decided(Tx tx, Approval approval) {
        Decisions.decided(tx, approval);
        tx.afterCommit(rounds::wake);
    }
}
