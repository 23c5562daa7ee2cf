/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.cluster.Node;
import ai.king.engine.store.TestDatabase;
import ai.king.store.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {

    @Test
    void aNodeKeepsItsId(@TempDir Path folder) {
        String id = NodeId.inFolder(folder.resolve("db"));
        assertThat(NodeId.inFolder(folder.resolve("db"))).isEqualTo(id);
        assertThat(NodeId.inFolder(folder.resolve("other"))).isNotEqualTo(id);
    }

    @Test
    void seesTheNodesThatBeat() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            NodeRow row = new NodeRow(database.store(), database.dataSource(), "b", "host");
            assertThat(row.beat("T1")).isFalse();
            row.join("T1");
            assertThat(row.beat("T2")).isTrue();
            StoredNodes nodes = new StoredNodes(database.store(), database.dataSource(), "a");
            nodes.applied(7, "");
            nodes.close();
            assertThat(nodes.self()).isEqualTo("a");
            assertThat(nodes.alive()).extracting(Node::id).containsExactly("a", "b");
            assertThat(nodes.alive()).extracting(Node::applied).containsExactly(7L, 0L);
            assertThat(nodes.alive()).extracting(Node::jailTier).containsExactly("NONE", "T2");
            database.store().write(Actor.system("test"), tx -> {
                Node gone = tx.find(Node.class, "b").orElseThrow();
                tx.record("test.aged", "b", Map.of());
                return tx.update(new Node("b", "host", "T2", 0, "", tx.now().minusSeconds(31), gone.version()));
            });
            assertThat(nodes.alive()).extracting(Node::id).isEqualTo(List.of("a"));
        }
    }
}
