/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.TestDatabase;
import ai.king.gate.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class SharedCacheTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aValueOfOneNodeIsThereOnAnother() throws Exception {
        try (RedisServer server = new RedisServer();
                TestDatabase database = TestDatabase.h2()) {
            SharedCache here = new SharedCache(server.node(), database.store());
            SharedCache there =
                    new SharedCache(server.node(), database.secondNode().store());
            here.put("name", "value. with .dots", HOUR);
            assertThat(there.get("name")).contains("value. with .dots");
            assertThat(there.get("other")).isEmpty();
            here.drop("name");
            assertThat(here.get("name")).isEmpty();
        }
    }

    @Test
    void whatRedisMakesUpMovesOrChangesIsNothing() throws Exception {
        try (RedisServer server = new RedisServer();
                TestDatabase database = TestDatabase.h2();
                Jedis liar = server.jedis()) {
            new SharedCache(server.node(), database.store()).put("price", "10.00", HOUR);
            String genuine = liar.get("king:cache:price");
            SharedCache reader = new SharedCache(server.node(), database.store());
            for (String lie : new String[] {
                "",
                "10.00",
                "..",
                "x.1.2",
                genuine.replace("10.00", "99.00"),
                genuine.replaceFirst("\\.\\d+\\.", ".9999999999999.")
            }) {
                liar.set("king:cache:price", lie);
                assertThat(reader.get("price")).as(lie).isEmpty();
            }
            liar.set("king:cache:another", genuine);
            assertThat(reader.get("another")).isEmpty();
            liar.set("king:cache:price", genuine);
            assertThat(reader.get("price")).contains("10.00");
        }
    }

    @Test
    void aValuePastItsTimeIsNothingEvenWhereRedisKeepsIt() throws Exception {
        try (RedisServer server = new RedisServer();
                TestDatabase database = TestDatabase.h2();
                Jedis liar = server.jedis()) {
            SharedCache cache = new SharedCache(server.node(), database.store());
            cache.put("short", "value", Duration.ofMillis(300));
            liar.persist("king:cache:short");
            while (cache.get("short").isPresent()) {
                Thread.onSpinWait();
            }
            assertThat(liar.exists("king:cache:short")).isTrue();
            assertThat(new SharedCache(server.node(), database.store()).get("short"))
                    .isEmpty();
        }
    }

    @Test
    void aFlushedOrLostRedisCostsWhatOthersKnewAndNothingElse() throws Exception {
        try (RedisServer server = new RedisServer();
                TestDatabase database = TestDatabase.h2()) {
            SharedCache here = new SharedCache(server.node(), database.store());
            SharedCache there = new SharedCache(server.node(), database.store());
            here.put("name", "value", HOUR);
            try (Jedis redis = server.jedis()) {
                redis.flushAll();
            }
            assertThat(here.get("name")).contains("value");
            assertThat(there.get("name")).isEmpty();
            server.kill();
            here.put("later", "kept here", HOUR);
            assertThat(here.get("later")).contains("kept here");
            assertThat(there.get("later")).isEmpty();
        }
    }

    @Test
    void withoutRedisItIsThisNodesOwnAndMakesNoKey() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            SharedCache cache = new SharedCache(RedisServer.none(), database.store());
            cache.put("name", "value", HOUR);
            assertThat(cache.get("name")).contains("value");
            for (int i = 0; i < 5_000; i++) {
                cache.put("n" + i, "v", HOUR);
            }
            assertThat(cache.get("name")).isEmpty();
            assertThat(cache.get("n4999")).contains("v");
            boolean key = database.store().read(reader -> reader.find(Setting.class, "cluster.cache.key")
                    .isPresent());
            assertThat(key).isFalse();
        }
    }
}
