/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.cluster.Node;
import ai.king.store.Actor;
import ai.king.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;

/**
 * This node's row. Joining and what it runs are in the ledger; a beat is upkeep and only moves {@code seen_at}, past the
 * store's transactions.
 */
final class NodeRow {

    private static final Actor CLUSTER = Actor.system("cluster");

    private final Store store;
    private final DataSource dataSource;
    private final String id;
    private final String address;

    NodeRow(Store store, DataSource dataSource, String id, String address) {
        this.store = store;
        this.dataSource = dataSource;
        this.id = id;
        this.address = address;
    }

    String id() {
        return id;
    }

    /** One at a time with {@link #applied}: the heartbeat joins on a thread of its own, and both make the row. */
    synchronized void join(String tier) {
        store.write(CLUSTER, tx -> {
            Node before = tx.lock(Node.class, id).orElse(null);
            Node after = before == null
                    ? tx.insert(new Node(id, address, tier, 0, "", tx.now(), 0))
                    : tx.update(new Node(
                            id,
                            address,
                            tier,
                            before.applied(),
                            before.error(),
                            before.trial(),
                            before.trialError(),
                            tx.now(),
                            before.version()));
            tx.record("node.joined", id, Map.of("address", address, "jailTier", tier));
            return after;
        });
    }

    synchronized void applied(String tier, long release, String error, long trial, String trialError) {
        store.write(CLUSTER, tx -> {
            Node before = tx.lock(Node.class, id).orElse(null);
            Node after = before == null
                    ? tx.insert(new Node(id, address, tier, release, error, trial, trialError, tx.now(), 0))
                    : tx.update(
                            new Node(id, address, tier, release, error, trial, trialError, tx.now(), before.version()));
            tx.record(
                    "node.applied",
                    id,
                    Map.of(
                            "release",
                            release,
                            "failed",
                            !error.isEmpty(),
                            "trial",
                            trial,
                            "trialFailed",
                            !trialError.isEmpty()));
            return after;
        });
    }

    /** False when the row is not there. */
    boolean beat(String tier) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update node set seen_at = ?, jail_tier = ? where id = ?")) {
            statement.setObject(1, store.clock().instant().atOffset(ZoneOffset.UTC));
            statement.setString(2, tier);
            statement.setString(3, id);
            return statement.executeUpdate() == 1;
        }
    }
}
