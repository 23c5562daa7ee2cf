/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.cluster.Nodes;
import ai.king.engine.evolution.Releases;
import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.evolution.Jail;
import ai.king.plug.Routes;
import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this node run what the release says: at start, after each change, without the database from the last release on
 * disk. Works on one thread of its own.
 */
@Component(service = Reconciler.class, immediate = true, configurationPid = "ai.king.engine.evolution.node")
@Designate(ocd = Reconciler.Config.class)
public final class Reconciler {

    @ObjectClassDefinition(name = "Evolution: this node", description = "Installs what the release says")
    @interface Config {
        @AttributeDefinition(description = "Milliseconds between two looks at the release")
        int pollMillis() default 500;

        @AttributeDefinition(description = "Seconds to wait for the database before the last release on disk is run")
        int databaseSeconds() default 15;

        @AttributeDefinition(description = "Seconds within which the service of a plug that was started must appear")
        int appearSeconds() default 20;

        @AttributeDefinition(description = "Seconds after which a boot that applied its release counts as good")
        int settleSeconds() default 20;

        @AttributeDefinition(
                description = "Minutes that a retired generation may take to end its calls before it is taken out")
        int retireMinutes() default 60;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** A target is read anew after so long even if the pointer did not move: steps end, jars may go. */
    private static final long REFRESH_NANOS = 60_000_000_000L;

    private final Config config;
    private final Applier applier;
    private final ReleasedItems released;
    private final SafeStart start;
    private final LastRelease last;
    private final FirstRelease first;
    private final Announcements announcements = new Announcements();
    private final Thread thread = new Thread(this::run, "king-reconciler");
    private final long booted = System.nanoTime();

    private volatile @Nullable Store store;
    private volatile @Nullable Payloads payloads;
    private volatile @Nullable Nodes nodes;
    private volatile @Nullable Jail jail;
    private volatile boolean stopped;
    private volatile boolean applied;
    private volatile Applied state = new Applied(0, 0, -1, "", "");
    private boolean announced;
    private long readAt;

    @Activate
    public Reconciler(
            BundleContext context,
            @Reference Routes routes,
            @Reference ConfigurationAdmin configurations,
            @Reference ReleasedItems released,
            Config config) {
        this.config = config;
        this.released = released;
        DataFolder data = DataFolder.of(context);
        JarCache jars = new JarCache(data, "plugs");
        start = new SafeStart(
                new Boots(data, Boolean.parseBoolean(context.getProperty("king.retry"))),
                Duration.ofSeconds(config.settleSeconds()));
        last = new LastRelease(data);
        first = new FirstRelease(new PlugFolder(plugs(context)), PlaybookFolder.of(context));
        applier =
                new Applier(new Installer(context, configurations, jars), new Residents(context), jars, routes, config);
        thread.start();
    }

    /** {@code king.plugs}, or {@code plugs} of the distribution. */
    public static Path plugs(BundleContext context) {
        return DataFolder.shipped(context, "plugs");
    }

    /**
     * What this node runs.
     *
     * @param release permanent release applied; 0 for none
     * @param trial release on trial here; 0 for none
     * @param pointer version of the pointer that was applied; -1 before the first
     * @param error why something of the permanent release is not there; empty when all is
     * @param trialError the same for the trial
     */
    public record Applied(long release, long trial, long pointer, String error, String trialError) {}

    /** What is applied now. */
    public Applied state() {
        return state;
    }

    /** The proposal whose trial ran here when this node ended without an orderly stop, until that trial is over. */
    public Optional<String> crashedTrial() {
        return start.crashedTrial();
    }

    /** Looks at the release at once. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped = true;
        applier.stopping();
        LockSupport.unpark(thread);
        thread.join(10_000);
        applier.close();
        start.orderly(applied);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStore(Store there) {
        store = there;
        wake();
    }

    void unbindStore(Store gone) {
        store = store == gone ? null : store;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPayloads(Payloads there) {
        payloads = there;
    }

    void unbindPayloads(Payloads gone) {
        payloads = payloads == gone ? null : payloads;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindNodes(Nodes there) {
        nodes = there;
        wake();
    }

    void unbindNodes(Nodes gone) {
        nodes = nodes == gone ? null : nodes;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindJail(Jail there) {
        jail = there;
        wake();
    }

    void unbindJail(Jail gone) {
        jail = jail == gone ? null : jail;
    }

    private void run() {
        applier.clear();
        while (!stopped) {
            try {
                step();
            } catch (StoreUnavailable e) {
                fromDisk();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("The release cannot be applied", e);
            }
            start.settle(applied);
            LockSupport.parkNanos(this, config.pollMillis() * 1_000_000L);
        }
    }

    private void step() {
        Store from = store;
        Nodes cluster = nodes;
        Payloads bytes = payloads;
        if (from == null || cluster == null || bytes == null) {
            fromDisk();
            return;
        }
        if (!announced) {
            // What it ran before it was stopped says nothing about now: it is not ready yet.
            cluster.applied(0, "the release is being applied");
            announced = true;
        }
        applier.retire();
        announcements.tell(from, cluster.self(), applier.running());
        long version = from.read(reader ->
                Releases.pointer(reader).map(pointer -> pointer.version()).orElse(-1L));
        if (version < 0) {
            first.make(from, bytes);
            return;
        }
        boolean due = System.nanoTime() - readAt > REFRESH_NANOS;
        if (applied && version == state.pointer() && !due && !applier.incomplete(jail)) {
            return;
        }
        readAt = System.nanoTime();
        Pair pair = from.read(reader -> {
            Optional<Target> target = Targets.read(reader, cluster.self());
            return new Pair(
                    Releases.pointer(reader).map(pointer -> pointer.version()).orElse(-1L),
                    target,
                    target.map(to -> Targets.content(reader, to)));
        });
        // Nothing of it is installed: it need not wait for the plugs.
        pair.content().ifPresent(released::set);
        if (pair.target().isPresent()) {
            apply(pair.pointer(), pair.target().get(), cluster);
        }
    }

    private record Pair(long pointer, Optional<Target> target, Optional<ReleasedItems.Content> content) {}

    private void apply(long pointer, Target wanted, Nodes cluster) {
        Target target = start.within(wanted, applied);
        Applier.Result result = applier.apply(target, payloads, jail, () -> moved(pointer));
        String error = start.withoutPlugs() ? SafeStart.WITHOUT_PLUGS : result.error();
        long trial = target.trial().map(Target.OnTrial::release).orElse(0L);
        Applied now = new Applied(target.release(), trial, pointer, error, result.trialError());
        if (stopped || moved(pointer)) {
            return;
        }
        if (!now.error().equals(state.error()) && !error.isEmpty()) {
            LOG.error("Release {} is not complete on this node: {}", target.release(), error);
        }
        boolean changed = !now.equals(state);
        state = now;
        applied = true;
        if (changed) {
            cluster.applied(target.release(), error, trial, result.trialError());
        }
        if (error.isEmpty()) {
            last.write(target);
            applier.forgetJars(target);
        }
    }

    private boolean moved(long pointer) {
        Store from = store;
        return from == null
                || from.read(reader -> Releases.pointer(reader)
                        .map(now -> now.version() != pointer)
                        .orElse(true));
    }

    private void fromDisk() {
        boolean waited = System.nanoTime() - booted > config.databaseSeconds() * 1_000_000_000L;
        if (applied || !waited || start.failing()) {
            return;
        }
        last.read().ifPresent(target -> {
            LOG.warn("The database does not answer: this node runs release {} from its disk", target.release());
            Applier.Result result = applier.apply(target, null, jail, () -> store != null);
            state = new Applied(target.release(), 0, -1, result.error(), "");
            applied = true;
        });
    }
}
