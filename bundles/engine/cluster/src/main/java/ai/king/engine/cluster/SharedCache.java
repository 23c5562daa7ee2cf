/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.cluster.Cache;
import ai.king.gate.Setting;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import redis.clients.jedis.params.SetParams;

/** The latest values of this node, and those of all nodes where they share a Redis; sealed, for a Redis may answer anything. */
@Component
public final class SharedCache implements Cache {

    private static final Actor CLUSTER = Actor.system("cluster");
    private static final String KEY = "cluster.cache.key";
    private static final int NEAR = 2_000;
    private static final int LONGEST = 1 << 20;

    private final Redis redis;
    private final Store store;
    private final Map<String, Kept> near = new LinkedHashMap<>(64, 0.75f, true);
    private volatile @Nullable Seal seal;

    private record Kept(String value, Instant end) {}

    @Activate
    public SharedCache(@Reference Redis redis, @Reference Store store) {
        this.redis = redis;
        this.store = store;
    }

    @Override
    public Optional<String> get(String name) {
        Instant now = store.clock().instant();
        synchronized (near) {
            Kept kept = near.get(name);
            if (kept != null && kept.end().isAfter(now)) {
                return Optional.of(kept.value());
            }
            near.remove(name);
        }
        Optional<Seal.Opened> far = redis.ask(open -> open.get(redis.key("cache", name)))
                .flatMap(text -> seal().flatMap(own -> own.open(name, text, now)));
        far.ifPresent(opened -> keep(name, opened.value(), now.plus(opened.left())));
        return far.map(Seal.Opened::value);
    }

    @Override
    public void put(String name, String value, Duration keep) {
        if (value.length() > LONGEST || keep.toMillis() < 1) {
            return;
        }
        Instant end = store.clock().instant().plus(keep);
        keep(name, value, end);
        if (redis.configured()) {
            seal().ifPresent(own -> redis.ask(open -> open.set(
                    redis.key("cache", name),
                    own.close(name, value, end),
                    SetParams.setParams().px(keep.toMillis()))));
        }
    }

    private void keep(String name, String value, Instant end) {
        synchronized (near) {
            near.put(name, new Kept(value, end));
            if (near.size() > NEAR) {
                near.remove(near.keySet().iterator().next());
            }
        }
    }

    @Override
    public void drop(String name) {
        synchronized (near) {
            near.remove(name);
        }
        redis.ask(open -> open.del(redis.key("cache", name)));
    }

    /** With the key that the nodes share through the store; nothing while the store cannot say it. */
    private Optional<Seal> seal() {
        Seal known = seal;
        if (known != null) {
            return Optional.of(known);
        }
        try {
            String text = store.read(reader -> reader.find(Setting.class, KEY))
                    .orElseGet(this::made)
                    .value();
            Seal made = new Seal(Base64.getDecoder().decode(text));
            seal = made;
            return Optional.of(made);
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    private Setting made() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            return store.write(CLUSTER, tx -> {
                Setting row = tx.insert(new Setting(KEY, Base64.getEncoder().encodeToString(key), 0));
                tx.record("cluster.key.made", KEY, Map.of());
                return row;
            });
        } catch (DuplicateRow e) {
            return store.read(reader -> reader.find(Setting.class, KEY)).orElseThrow();
        }
    }
}
