/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.evolution.Jail;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's row, refreshed every 5 s, and the rows of the others. */
@Component(immediate = true)
public final class StoredNodes implements Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(StoredNodes.class);
    private static final long BEAT_SECONDS = 5;
    private static final Duration ALIVE = Duration.ofSeconds(30);

    private final Store store;
    private final NodeRow row;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "king-cluster-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    /**
     * Asking for the tier may run the jail's probes for seconds: never on the way of a heartbeat or of a release, and some
     * seconds after the first release is there, because a boot and who waited for it need the processors.
     */
    private final ScheduledExecutorService scout = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "king-cluster-tier");
        thread.setDaemon(true);
        return thread;
    });

    private final AtomicBoolean scouting = new AtomicBoolean();
    private volatile String tier = "NONE";
    private boolean joined;
    private boolean troubled;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Jail jail;

    @Activate
    public StoredNodes(
            @Reference Store store, @Reference(target = "(osgi.jndi.service.name=king)") DataSource dataSource) {
        this(store, dataSource, NodeId.inFolder(folder()));
    }

    StoredNodes(Store store, DataSource dataSource, String id) {
        this.store = store;
        this.row = new NodeRow(store, dataSource, id, address());
        heart.scheduleWithFixedDelay(this::beat, 0, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    private static Path folder() {
        String chosen = System.getProperty("king.data", "");
        return chosen.isBlank() ? Path.of(System.getProperty("karaf.data", "data"), "..", "db") : Path.of(chosen);
    }

    private static String address() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private void beat() {
        try {
            if (!joined || !row.beat(tier)) {
                row.join(tier);
                joined = true;
            }
            troubled = false;
        } catch (SQLException | RuntimeException e) {
            if (!troubled) {
                LOG.warn("This node cannot say that it is alive, going on trying: {}", e.toString());
                troubled = true;
            }
        }
    }

    private void lookForTier() {
        Jail now = jail;
        try {
            tier = now == null ? "NONE" : now.tier();
        } catch (RuntimeException e) {
            LOG.warn("The jail does not say its tier: {}", e.toString());
        }
    }

    @Override
    public String self() {
        return row.id();
    }

    @Override
    public List<Node> alive() {
        return store.read(r -> r.list(Query.of(Node.class)
                .where("seenAt", Comparison.GREATER, store.clock().instant().minus(ALIVE))
                .ascending("id")));
    }

    @Override
    public void applied(long release, String error, long trial, String trialError) {
        row.applied(tier, release, error, trial, trialError);
        if (release > 0 && scouting.compareAndSet(false, true)) {
            scout.scheduleWithFixedDelay(this::lookForTier, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Deactivate
    void close() {
        heart.shutdownNow();
        scout.shutdownNow();
    }
}
