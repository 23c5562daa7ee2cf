/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.cluster.Nodes;
import ai.king.cluster.Rates;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Counts in windows that begin at the same moments on all nodes. Whatever Redis says, a node never lets more through than its
 * own count allows, and never refuses what lies within its share: the limit by the nodes that are alive. Between the two it goes
 * by the count of all nodes, unless that cannot be right (below this node's own, or more than so many nodes could have made).
 */
@Component
public final class SharedRates implements Rates {

    /** A cluster is not larger: what is more than this many nodes could have counted is made up. */
    private static final int NODES = 64;

    private static final int KEPT = 10_000;

    private final Redis redis;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true);

    /** How long a number of nodes is good for. */
    private static final long FRESH_MILLIS = 5_000;

    private volatile @Nullable Nodes nodes;
    private volatile Alive alive = new Alive(1, Long.MIN_VALUE / 2);

    private record Alive(int nodes, long at) {}

    private record Count(long window, long number) {}

    @Activate
    public SharedRates(@Reference Redis redis) {
        this(redis, Clock.systemUTC());
    }

    SharedRates(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindNodes(Nodes there) {
        nodes = there;
    }

    void unbindNodes(Nodes gone) {
        nodes = nodes == gone ? null : nodes;
    }

    @Override
    public Pass take(String key, int most, Duration window) {
        long millis = Math.max(1, window.toMillis());
        long now = clock.millis();
        long number = now / millis;
        long own = counted(key + "/" + millis, number);
        Duration after = Duration.ofMillis((number + 1) * millis - now);
        // The sum is asked for in any case: the other nodes go by it.
        if (own > most || all(key, number, millis, own, most) > most && own > share(most, now)) {
            return new Pass(false, after);
        }
        return new Pass(true, Duration.ZERO);
    }

    /** What this node may let through though the sum says otherwise; at least one. */
    private int share(int most, long now) {
        Nodes known = nodes;
        Alive last = alive;
        if (known != null && now - last.at() >= FRESH_MILLIS) {
            last = new Alive(Math.max(1, known.alive().size()), now);
            alive = last;
        }
        return Math.max(1, most / last.nodes());
    }

    private long counted(String key, long window) {
        synchronized (counts) {
            Count before = counts.get(key);
            long number = before != null && before.window() == window ? before.number() + 1 : 1;
            counts.put(key, new Count(window, number));
            if (counts.size() > KEPT) {
                counts.remove(counts.keySet().iterator().next());
            }
            return number;
        }
    }

    private long all(String key, long window, long millis, long own, int most) {
        String name = redis.key(
                "rate",
                Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)) + ":" + millis + ":"
                        + window);
        Optional<Long> told = redis.ask(open -> {
            long number = open.incr(name);
            if (number == 1) {
                open.pexpire(name, 2 * millis);
            }
            return number;
        });
        // Each node stops counting up what it refuses by its own count, so the sum has a bound.
        long possible = own + (long) (NODES - 1) * (most + 1L);
        return told.filter(number -> number >= own && number <= possible).orElse(own);
    }
}
