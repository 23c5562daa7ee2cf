/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;

/**
 * The Redis that nodes may share. It makes things faster and decides nothing: an answer that does not come in time is no answer,
 * and after a failure nobody waits for it for two seconds.
 */
@Component(service = Redis.class, configurationPid = "ai.king.engine.cluster", immediate = true)
@Designate(ocd = Redis.Config.class)
public final class Redis {

    @ObjectClassDefinition(name = "Cluster", description = "What the nodes share besides the database")
    @interface Config {
        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description =
                        "A Redis that all nodes share, as redis://user:password@host:6379/0 or rediss://..., the password as $[secret:name]; without one each node has its own cache and counts, and hears of events from the database alone")
        String redis_url() default "";

        @AttributeDefinition(description = "What all keys of this cluster in it begin with")
        String redis_prefix() default "king";

        @AttributeDefinition(
                description = "Milliseconds Redis has to answer; after a failure it is left alone for two seconds")
        int redis_millis() default 300;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int CONNECTIONS = 16;

    private final @Nullable URI address;
    private final @Nullable JedisPool pool;
    private final String prefix;
    private final int millis;
    private volatile long quietSince;
    private volatile boolean quiet;

    @Activate
    public Redis(Config config) {
        prefix = config.redis_prefix();
        millis = config.redis_millis();
        address = config.redis_url().isBlank() ? null : URI.create(config.redis_url());
        pool = address == null ? null : pool(address);
    }

    private JedisPool pool(URI uri) {
        GenericObjectPoolConfig<Jedis> settings = new GenericObjectPoolConfig<>();
        settings.setMaxTotal(CONNECTIONS);
        settings.setMaxIdle(CONNECTIONS);
        settings.setMaxWait(Duration.ofMillis(millis));
        settings.setJmxEnabled(false);
        return new JedisPool(settings, uri, millis, millis);
    }

    boolean configured() {
        return address != null;
    }

    /** A key of this cluster. */
    String key(String kind, String name) {
        return prefix + ":" + kind + ":" + name;
    }

    /** What it answers; nothing when there is none, when it fails, or when it failed a moment ago. */
    <T> Optional<T> ask(Function<Jedis, @Nullable T> question) {
        JedisPool open = pool;
        if (open == null || (quiet && System.nanoTime() - quietSince < REST_NANOS)) {
            return Optional.empty();
        }
        try (Jedis redis = open.getResource()) {
            Optional<T> answer = Optional.ofNullable(question.apply(redis));
            if (quiet) {
                quiet = false;
                LOG.info("Redis answers again");
            }
            return answer;
        } catch (RuntimeException e) {
            failed(e);
            return Optional.empty();
        }
    }

    private void failed(RuntimeException e) {
        quietSince = System.nanoTime();
        if (!quiet) {
            quiet = true;
            LOG.warn("Redis does not answer, going on without it: {}", reason(e));
        }
    }

    /** Its address holds the password: an exception's words might. */
    String reason(RuntimeException e) {
        String text = String.valueOf(e.getMessage());
        String user = address == null || address.getRawUserInfo() == null ? "" : address.getRawUserInfo();
        return user.isEmpty() ? text : text.replace(user, "***");
    }

    /** A connection of its own, for listening; the caller closes it. */
    Jedis connect() {
        URI uri = address;
        if (uri == null) {
            throw new IllegalStateException("no Redis is configured");
        }
        return new Jedis(uri, millis, 0);
    }

    @Deactivate
    void close() {
        JedisPool open = pool;
        if (open != null) {
            open.close();
        }
    }
}
