/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** One node's view of a cluster in memory. */
public final class FakeNodes implements Nodes {

    private final String self;
    private final Map<String, Node> nodes;

    public FakeNodes(String self) {
        this(self, new ConcurrentSkipListMap<>());
    }

    /** A node of a cluster that shares this map. */
    public FakeNodes(String self, Map<String, Node> nodes) {
        this.self = self;
        this.nodes = nodes;
        applied(0, "");
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public List<Node> alive() {
        return List.copyOf(nodes.values());
    }

    @Override
    public void applied(long release, String error, long trial, String trialError) {
        nodes.put(self, new Node(self, "localhost", "NONE", release, error, trial, trialError, Instant.EPOCH, 0));
    }

    public Node node() {
        return nodes.get(self);
    }
}
