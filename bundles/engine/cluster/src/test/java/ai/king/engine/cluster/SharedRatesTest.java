/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class SharedRatesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-10-01T09:00:15Z");

    private static SharedRates node(Redis redis, Instant at) {
        return new SharedRates(redis, Clock.fixed(at, ZoneOffset.UTC));
    }

    private static int passed(SharedRates rates, int tries, int most) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += rates.take("key", most, MINUTE).allowed() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void nodesCountTogetherAndAWindowEnds() throws Exception {
        try (RedisServer server = new RedisServer()) {
            SharedRates here = node(server.node(), NOW);
            SharedRates there = node(server.node(), NOW);
            here.bindNodes(alive(4));
            there.bindNodes(alive(4));
            assertThat(passed(here, 6, 10)).isEqualTo(6);
            assertThat(passed(there, 6, 10)).isEqualTo(4);
            assertThat(here.take("key", 10, MINUTE).after()).isEqualTo(Duration.ofSeconds(45));
            assertThat(here.take("other", 10, MINUTE).allowed()).isTrue();
            assertThat(passed(node(server.node(), NOW.plus(MINUTE)), 3, 10)).isEqualTo(3);
        }
    }

    @Test
    void aNodeKeepsItsOwnLimitWhenRedisIsFlushedLostOrAbsent() throws Exception {
        assertThat(passed(node(RedisServer.none(), NOW), 20, 10)).isEqualTo(10);
        try (RedisServer server = new RedisServer()) {
            SharedRates node = node(server.node(), NOW);
            assertThat(passed(node, 5, 10)).isEqualTo(5);
            try (Jedis redis = server.jedis()) {
                redis.flushAll();
            }
            assertThat(passed(node, 3, 10)).isEqualTo(3);
            server.kill();
            assertThat(passed(node, 20, 10)).isEqualTo(2);
        }
    }

    @Test
    void aCountThatCannotBeRightIsNotHeard() throws Exception {
        try (RedisServer server = new RedisServer();
                Jedis liar = server.jedis()) {
            SharedRates node = node(server.node(), NOW);
            assertThat(passed(node, 1, 10)).isEqualTo(1);
            String key = liar.keys("king:rate:*").iterator().next();
            for (String lie : new String[] {"1000000000", "-5", "no number"}) {
                liar.set(key, lie);
                assertThat(node.take("key", 10, MINUTE).allowed()).as(lie).isTrue();
            }
            liar.set(key, "-1000");
            assertThat(passed(node, 20, 10)).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void noLieOfRedisRefusesWhatIsWithinANodesShareOrLetsThroughWhatIsOverItsLimit() throws Exception {
        try (RedisServer server = new RedisServer();
                Jedis liar = server.jedis()) {
            for (String lie : new String[] {"11", "12", "600", "1", "0", "-3", "1000000000", "no number"}) {
                liar.flushAll();
                SharedRates node = node(server.node(), NOW);
                node.bindNodes(alive(2));
                int passed = 0;
                for (int i = 1; i <= 30; i++) {
                    for (String key : liar.keys("king:rate:*")) {
                        liar.set(key, lie);
                    }
                    boolean allowed = node.take("key", 10, MINUTE).allowed();
                    assertThat(allowed || i > 5)
                            .as("refused request %s of a share of 5, Redis says %s", i, lie)
                            .isTrue();
                    passed += allowed ? 1 : 0;
                }
                assertThat(passed).as("let through, Redis says %s", lie).isBetween(5, 10);
            }
        }
    }

    /** The bound of the README: the limit, and the share of each node but the one that used it up. */
    @Test
    void allNodesTogetherLetThroughLessThanTwiceTheLimitHoweverTheirCallsFall() throws Exception {
        try (RedisServer server = new RedisServer();
                Jedis redis = server.jedis()) {
            assertThat(together(server, 1, () -> {})).isEqualTo(10 + 3 * 2);
            for (int seed = 2; seed < 20; seed++) {
                redis.flushAll();
                assertThat(together(server, seed, () -> {})).isBetween(10, 10 + 3 * 2);
            }
        }
    }

    @Test
    void noLieMakesTheClusterLetThroughMoreThanTheLimitOfEachNode() throws Exception {
        try (RedisServer server = new RedisServer();
                Jedis liar = server.jedis()) {
            for (String lie : new String[] {"0", "1", "-3", "9", "11", "600", "1000000000", "no number"}) {
                for (int seed = 1; seed < 4; seed++) {
                    liar.flushAll();
                    int passed = together(
                            server, seed, () -> liar.keys("king:rate:*").forEach(key -> liar.set(key, lie)));
                    assertThat(passed).as("Redis says %s", lie).isBetween(4 * 2, 4 * 10);
                }
            }
        }
    }

    /** What four nodes let through of 120 calls under a limit of ten, one node after the other or as a seed has it. */
    private static int together(RedisServer server, int seed, Runnable before) {
        List<SharedRates> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SharedRates node = node(server.node(), NOW);
            node.bindNodes(alive(4));
            calls.addAll(Collections.nCopies(30, node));
        }
        if (seed > 1) {
            Collections.shuffle(calls, new Random(seed));
        }
        int passed = 0;
        for (SharedRates node : calls) {
            before.run();
            passed += passed(node, 1, 10);
        }
        return passed;
    }

    @Test
    void redisDecidesNothingWhereThereIsOneNode() throws Exception {
        try (RedisServer server = new RedisServer();
                Jedis liar = server.jedis()) {
            SharedRates node = node(server.node(), NOW);
            node.bindNodes(alive(1));
            assertThat(node.take("key", 10, MINUTE).allowed()).isTrue();
            liar.set(liar.keys("king:rate:*").iterator().next(), "300");
            assertThat(passed(node, 20, 10)).isEqualTo(9);
        }
    }

    private static Nodes alive(int nodes) {
        List<Node> alive = new ArrayList<>(Collections.nCopies(nodes, null));
        return (Nodes) Proxy.newProxyInstance(
                SharedRatesTest.class.getClassLoader(), new Class<?>[] {Nodes.class}, (proxy, method, args) -> {
                    if (method.getName().equals("alive")) {
                        return alive;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
