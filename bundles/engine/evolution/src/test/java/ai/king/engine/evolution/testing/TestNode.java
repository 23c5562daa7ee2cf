/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.cluster.Nodes;
import ai.king.engine.plug.PlugEngine;
import ai.king.engine.plug.testing.PlainFramework;
import ai.king.evolution.Evolution;
import ai.king.evolution.Jail;
import ai.king.evolution.Released;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import ai.king.store.Actor;
import ai.king.store.Ledger;
import ai.king.store.Payloads;
import ai.king.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;

/** A node: a framework with the plug engine and this bundle, on a store that others may share. */
public final class TestNode implements AutoCloseable {

    private final Store store;
    private final Payloads payloads;
    private final Ledger ledger;
    private final FakeNodes nodes;
    private final Approvals approvals;
    private final PlainFramework framework;

    public TestNode(Path folder, Path plugs, FakeStore store, FakeNodes nodes, FakeApprovals approvals) {
        this(folder, plugs, store, store, store, nodes, approvals);
    }

    public TestNode(
            Path folder,
            Path plugs,
            Store store,
            Payloads payloads,
            Ledger ledger,
            FakeNodes nodes,
            Approvals approvals) {
        this.store = store;
        this.payloads = payloads;
        this.ledger = ledger;
        this.nodes = nodes;
        this.approvals = approvals;
        nodes.applied(0, "");
        framework = new PlainFramework(
                folder.resolve("cache"),
                Map.of(
                        "king.data",
                        folder.resolve("data").toString(),
                        "king.plugs",
                        plugs.toString(),
                        "king.playbooks",
                        plugs.resolveSibling("playbooks").toString()));
    }

    public TestNode start(FakeJail jail) {
        return start(jail, Map.of(), Map.of());
    }

    /**
     * @param proposals more options of the evolution engine
     * @param runs more options of its node
     */
    public TestNode start(Jail jail, Map<String, Object> proposals, Map<String, Object> runs) {
        try {
            BundleContext context = framework.context();
            context.registerService(Store.class, store, null);
            context.registerService(Payloads.class, payloads, null);
            context.registerService(Ledger.class, ledger, null);
            context.registerService(Nodes.class, nodes, null);
            context.registerService(Approvals.class, approvals, null);
            context.registerService(Jail.class, jail, null);
            framework.install(PlugEngine.class).start();
            configure("ai.king.engine.evolution.node", with(Map.of("pollMillis", 20, "appearSeconds", 3), runs));
            configure(
                    "ai.king.engine.evolution",
                    with(Map.of("pollMillis", 20, "jailSeconds", 0, "canaryGoals", 20, "staySeconds", 0), proposals));
            framework.startOwn();
            return this;
        } catch (BundleException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(Map<String, Object> options, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(options);
        all.putAll(more);
        return all;
    }

    public PlainFramework framework() {
        return framework;
    }

    public FakeNodes nodes() {
        return nodes;
    }

    public Evolution evolution() {
        return framework.service(Evolution.class);
    }

    public Routes routes() {
        return framework.service(Routes.class);
    }

    /** The class of its other service name is on the class path of tests, too: the framework would call them different. */
    public Released released() {
        BundleContext context = framework.context();
        try {
            return (Released) context.getService(context.getAllServiceReferences(Released.class.getName(), null)[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitApplied(long release) {
        Waiting.until(() -> nodes.node().applied() == release, nodes::node);
    }

    /** Ends an approval of {@link FakeApprovals} as a vote would. */
    public void decide(String approvalId, Approval.Status status) {
        FakeApprovals fakes = (FakeApprovals) approvals;
        store.write(Actor.person("grace"), tx -> {
            tx.record("approval.decided", approvalId, Map.of());
            framework.service(DecisionListener.class).decided(tx, fakes.decided(approvalId, status));
            return null;
        });
    }

    /** Calls an agent for a goal; what it says, and its version. */
    public String call(String agent, String goal) {
        Plugs plugs = framework.service(Plugs.class);
        try (Lease<Agent> lease = plugs.lease(Agent.class, agent, RouteKey.of(goal))) {
            try {
                Outcome outcome = lease.plug().perform(new Task("t", "", "hello", Map.of(), Map.of(), List.of()), null);
                Map<String, Object> data = ((Outcome.Done) outcome).data();
                return data.get("text") + " " + data.getOrDefault("version", "");
            } catch (RuntimeException fault) {
                lease.failed();
                return "failed";
            }
        } catch (NoSuchPlug absent) {
            return "absent";
        }
    }

    @Override
    public void close() {
        framework.close();
    }

    private void configure(String pid, Map<String, Object> values) throws IOException {
        framework.configurations().getConfiguration(pid, "?").update(new Hashtable<>(values));
    }
}
