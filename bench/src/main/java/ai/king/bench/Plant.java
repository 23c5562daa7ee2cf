/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.access.Users;
import ai.king.agents.Memories;
import ai.king.business.Businesses;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.agents.AgentEngine;
import ai.king.engine.agents.Toolbox;
import ai.king.engine.gate.GateEngine;
import ai.king.engine.store.ChainedLedger;
import ai.king.engine.store.Database;
import ai.king.engine.store.JpaStore;
import ai.king.engine.store.Sealer;
import ai.king.engine.store.TestDatabase;
import ai.king.engine.work.WorkEngine;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import ai.king.store.Ledger;
import ai.king.store.Store;
import ai.king.work.Goals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.component.ComponentServiceObjects;

/** The real engines put together by hand on a real PostgreSQL that stores every commit before it says so. */
final class Plant implements AutoCloseable {

    private final Framework framework;
    private final TestDatabase database;
    private final Sealer sealer;
    private final Ledger ledger;
    private final GateEngine gate;
    private final Plugs plugs;
    private final WorkEngine work;
    private final AgentEngine agents;

    private Plant(Path profiles) throws IOException {
        framework = framework();
        database = TestDatabase.postgresql(Postgres.server());
        Database raw = new Database(database.dataSource());
        Store store = database.store();
        sealer = new Sealer(raw, (JpaStore) store);
        ledger = new ChainedLedger(raw);
        plugs = Engines.plugs(framework.getBundleContext());
        gate = Engines.gate(profiles, store, Engines.nothing(Users.class));
        Inferences inferences = Engines.answering(
                Inferences.class, Map.of("canChat", false, "embed", Optional.empty(), "backends", List.of()));
        Businesses businesses = Engines.answering(Businesses.class, Map.of("find", Optional.empty()));
        agents = Engines.of(
                AgentEngine.class,
                Map.of(),
                store,
                plugs,
                new Toolbox(plugs),
                inferences,
                businesses,
                Engines.nothing(Memories.class),
                Engines.unheard());
        Node node = new Node("bench", "127.0.0.1", "none", 1, "", Instant.now(), 0);
        Nodes nodes = Engines.answering(Nodes.class, Map.of("self", node.id(), "alive", List.of(node)));
        work = Engines.of(
                WorkEngine.class,
                Map.of(),
                store,
                database.dataSource(),
                nodes,
                gate,
                agents,
                plugs,
                inferences,
                businesses,
                Engines.nothing(Memories.class));
        Engines.listen(gate, new ComponentServiceObjects<DecisionListener>() {
            @Override
            public DecisionListener getService() {
                return work;
            }

            @Override
            public void ungetService(DecisionListener service) {}

            @Override
            public org.osgi.framework.ServiceReference<DecisionListener> getServiceReference() {
                throw new UnsupportedOperationException("it is no service here");
            }
        });
    }

    static Plant open(Setting setting) throws IOException {
        return new Plant(setting.home().resolve("config/risk_profiles.yaml"));
    }

    static Framework framework() throws IOException {
        Path cache = Files.createTempDirectory("bench-framework");
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        try {
            framework.start();
        } catch (BundleException e) {
            throw new IOException(e);
        }
        return framework;
    }

    /** Registers a plug of the platform: it takes calls at once. */
    <T> void plug(Class<T> type, String property, String name, T plug) {
        Map<String, Object> properties = Map.of(property, name, "king.agent.capabilities", "call: Calls its tool");
        framework.getBundleContext().registerService(type, plug, new Hashtable<>(properties));
    }

    Store store() {
        return database.store();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    Ledger ledger() {
        return ledger;
    }

    Approvals approvals() {
        return gate;
    }

    Goals goals() {
        return work;
    }

    @Override
    public void close() {
        Engines.stop(work);
        Engines.stop(agents);
        Engines.stop(sealer);
        database.close();
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
