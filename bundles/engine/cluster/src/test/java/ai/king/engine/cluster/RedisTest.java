/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisTest {

    @Test
    void oneThatAcceptsAndNeverAnswersIsAskedOnceAndThenLeftAlone() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Redis redis = new Redis(Configs.of(
                    Redis.Config.class,
                    Map.of("redis.url", "redis://:secret@127.0.0.1:" + silent.getLocalPort(), "redis.millis", 100)));
            AtomicInteger asked = new AtomicInteger();
            for (int i = 0; i < 1_000; i++) {
                assertThat(redis.ask(open -> {
                            asked.incrementAndGet();
                            return open.get("x");
                        }))
                        .isEmpty();
            }
            assertThat(asked.get()).isLessThan(100);
            redis.close();
        }
    }

    @Test
    void itAnswersAgainWhenItIsBack() throws Exception {
        try (RedisServer server = new RedisServer()) {
            Redis redis = server.node();
            assertThat(redis.ask(Jedis::ping)).contains("PONG");
            server.kill();
            assertThat(redis.ask(Jedis::ping)).isEmpty();
            server.start();
            long end = System.nanoTime() + 30_000_000_000L;
            while (redis.ask(Jedis::ping).isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            redis.close();
        }
    }

    @Test
    void noPasswordIsTold() {
        Redis redis = new Redis(Configs.of(Redis.Config.class, Map.of("redis.url", "redis://pat:secret@127.0.0.1:1")));
        assertThat(redis.reason(new IllegalStateException("cannot reach redis://pat:secret@127.0.0.1:1")))
                .doesNotContain("secret");
        redis.close();
    }
}
