/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.gate.RiskProfile;
import ai.king.gate.Setting;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings all nodes share: the active profile and the pause. Read again when they are half a second old, so that a
 * pause on another node holds here well within its two seconds.
 */
final class Switches {

    static final String ACTIVE = "risk.active";
    static final String PAUSED = "paused";
    private static final long FRESH_NANOS = 500_000_000L;

    private final Store store;
    private final ProfileFile file;
    private volatile @Nullable Seen seen;

    private record Seen(String active, boolean paused, long at) {}

    Switches(Store store, ProfileFile file) {
        this.store = store;
        this.file = file;
    }

    boolean paused() {
        return seen().paused;
    }

    RiskProfile active() {
        return profile(seen().active);
    }

    /** The strictest combination of the active profile and the named ones; an unknown name allows nothing. */
    RiskProfile strictest(Set<String> names) {
        RiskProfile all = active();
        for (String name : new TreeSet<>(names)) {
            all = Strictness.both(all, profile(name));
        }
        return all;
    }

    ProfileFile file() {
        return file;
    }

    /** Stores a setting in the transaction; this node sees it from its commit on. */
    void put(Tx tx, String id, String value) {
        tx.lock(Setting.class, id)
                .ifPresentOrElse(
                        old -> tx.update(new Setting(id, value, old.version())),
                        () -> tx.insert(new Setting(id, value, 0)));
        tx.afterCommit(() -> seen = null);
    }

    private RiskProfile profile(String name) {
        RiskProfile known = file.profiles().get(name);
        return known != null ? known : nothing(name);
    }

    private static RiskProfile nothing(String name) {
        return new RiskProfile(
                name + " (unknown)",
                java.math.BigDecimal.ZERO,
                ProfileFile.ACTIONS,
                Set.of(),
                Integer.MAX_VALUE,
                java.math.BigDecimal.ZERO,
                "high",
                true);
    }

    private Seen seen() {
        Seen now = seen;
        if (now == null || System.nanoTime() - now.at > FRESH_NANOS) {
            // A read that runs while a setting commits may see the old value; it is that of half a second at most.
            now = store.read(this::read);
            seen = now;
        }
        return now;
    }

    private Seen read(Reader reader) {
        Map<String, String> values = reader.list(Query.of(Setting.class).in("id", Set.of(ACTIVE, PAUSED))).stream()
                .collect(Collectors.toMap(Setting::id, Setting::value, (a, b) -> b));
        Function<String, String> value = id -> values.getOrDefault(id, "");
        String active = value.apply(ACTIVE);
        return new Seen(
                active.isEmpty() ? file.preset() : active,
                Boolean.parseBoolean(value.apply(PAUSED)),
                System.nanoTime());
    }
}
