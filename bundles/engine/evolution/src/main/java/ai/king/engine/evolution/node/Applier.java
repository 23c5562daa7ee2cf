/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.FaultPoint;
import ai.king.engine.evolution.Generations;
import ai.king.engine.evolution.node.Installer.InstallFailed;
import ai.king.evolution.Jail;
import ai.king.evolution.Release.Item;
import ai.king.plug.Routes;
import ai.king.store.Payloads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the framework from what runs to a target: installs beside, directs calls, and retires what drained. */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final long LOOK_AGAIN_NANOS = 2_000_000;
    private static final int LOOKS_BETWEEN = 100;

    private final Installer installer;
    private final Residents residents;
    private final JarCache jars;
    private final Directions directions;
    private final Routes routes;
    private final long retireNanos;
    private final int appearSeconds;
    private final Map<String, Item> running = new LinkedHashMap<>();
    private final Map<String, String> failed = new HashMap<>();
    private final Map<String, Long> retiring = new HashMap<>();
    /** Computed once for a target: an id is a digest of the whole configuration. */
    private final Map<Item, String> ids = new IdentityHashMap<>();

    private boolean lacksJail;
    private volatile boolean stopping;

    Applier(Installer installer, Residents residents, JarCache jars, Routes routes, Reconciler.Config config) {
        this.installer = installer;
        this.residents = residents;
        this.jars = jars;
        this.routes = routes;
        this.directions = new Directions(routes, this::id);
        this.retireNanos = TimeUnit.MINUTES.toNanos(config.retireMinutes());
        this.appearSeconds = config.appearSeconds();
    }

    /** What is not there, and why; empty texts when all is. */
    record Result(String error, String trialError) {}

    /** What is there now, by generation. */
    Map<String, Item> running() {
        return Map.copyOf(running);
    }

    void clear() {
        installer.clear();
    }

    /** Ends waiting; no interrupt, which would close files of an embedded database under their readers. */
    void stopping() {
        stopping = true;
    }

    void close() {
        residents.close();
    }

    /** Whether something may succeed now that failed before: the jail came up. */
    boolean incomplete(@Nullable Jail jail) {
        return lacksJail && jail != null;
    }

    /** @param moved asked while a plug does not come up: a newer release must not wait for it */
    Result apply(Target target, @Nullable Payloads payloads, @Nullable Jail jail, BooleanSupplier moved) {
        failed.clear();
        ids.clear();
        lacksJail = false;
        Map<String, Item> wanted = target.all();
        wanted.keySet().forEach(retiring::remove);
        List<Item> fresh = wanted.entrySet().stream()
                .filter(entry -> !running.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        FaultPoint.INSTALLING.hit();
        bringUp(fresh, target, payloads, jail, moved);
        FaultPoint.INSTALLED.hit();
        directions.follow(target, directions.present());
        FaultPoint.DIRECTED.hit();
        for (String id : running.keySet()) {
            if (!wanted.containsKey(id)) {
                retiring.putIfAbsent(id, System.nanoTime());
            }
        }
        retire();
        return new Result(
                errors(target.items()),
                errors(target.trial().map(Target.OnTrial::items).orElse(List.of())));
    }

    private void bringUp(
            List<Item> fresh, Target target, @Nullable Payloads payloads, @Nullable Jail jail, BooleanSupplier moved) {
        Map<String, Bundle> bundles = install(fresh, payloads);
        for (Item item : fresh) {
            attempt(item, () -> {
                if (Generations.jailed(item)) {
                    lacksJail |= jail == null;
                    residents.house(item, jars.file(item.bundle(), payloads), jail, replaces(item));
                } else {
                    installer.start(Objects.requireNonNull(bundles.get(item.bundle())));
                    installer.configure(item);
                }
            });
        }
        awaitServices(fresh, target, moved);
        for (Item item : fresh) {
            if (failed.containsKey(id(item))) {
                takeOut(item);
            }
        }
    }

    /** Whether it takes over, or shares, the calls of one that is there: those must not wait for the start of its host. */
    private boolean replaces(Item item) {
        return running.values().stream()
                .anyMatch(there ->
                        there.type().equals(item.type()) && there.name().equals(item.name()));
    }

    /** All of them before the first starts, so that they are resolved in one go. */
    private Map<String, Bundle> install(List<Item> fresh, @Nullable Payloads payloads) {
        Map<String, Bundle> bundles = new HashMap<>();
        Map<Long, BundleWiring> before = installer.wirings();
        for (Item item : fresh) {
            attempt(item, () -> {
                jars.file(item.bundle(), payloads);
                if (!Generations.jailed(item) && !bundles.containsKey(item.bundle())) {
                    bundles.put(item.bundle(), installer.install(item.bundle()));
                }
            });
        }
        installer.resolve(bundles.values());
        fresh.forEach(item -> attempt(item, () -> installer.verifyUntouched(before)));
        return bundles;
    }

    private String id(Item item) {
        return ids.computeIfAbsent(item, Generations::id);
    }

    /** One step of bringing a plug up; after a failure the later ones are left out. */
    private interface Attempt {
        void run() throws InstallFailed, IOException;
    }

    private void attempt(Item item, Attempt attempt) {
        String id = id(item);
        if (failed.containsKey(id)) {
            return;
        }
        try {
            attempt.run();
        } catch (InstallFailed | IOException | RuntimeException | LinkageError e) {
            fail(item, Installer.reason(e));
        }
    }

    private void fail(Item item, String reason) {
        String what = item.plug() + " " + item.bundleVersion() + " (" + item.name() + "): ";
        failed.put(id(item), what + reason);
    }

    /** Waits for all at once: what is there gets its calls, however long another one takes. */
    private void awaitServices(List<Item> fresh, Target target, BooleanSupplier moved) {
        List<Item> awaited = fresh.stream()
                .filter(item -> !failed.containsKey(id(item)))
                .collect(Collectors.toCollection(ArrayList::new));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(appearSeconds);
        int looks = 0;
        while (!awaited.isEmpty()) {
            Directions.Present present = directions.present();
            if (awaited.removeIf(item -> appeared(item, present)) && !awaited.isEmpty()) {
                directions.follow(target, present);
            }
            boolean now = ++looks % LOOKS_BETWEEN == 0;
            if (now) {
                awaited.removeIf(this::refused);
            }
            if (stopping || (now && moved.getAsBoolean())) {
                awaited.forEach(item -> fail(item, "the release changed before its service appeared"));
                return;
            }
            if (System.nanoTime() - end > 0) {
                awaited.forEach(item -> fail(
                        item, "its service did not appear within " + appearSeconds + " s: " + installer.state(item)));
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean appeared(Item item, Directions.Present present) {
        boolean there = present.has(item);
        if (there) {
            running.put(id(item), item);
        }
        return there;
    }

    /** What failed to come to life will not do better by waiting. */
    private boolean refused(Item item) {
        Optional<String> reason = Generations.jailed(item) ? residents.refused(item) : installer.refused(item);
        reason.ifPresent(why -> fail(item, why));
        return reason.isPresent();
    }

    /** Takes out what is not wanted any more and has no call under way. */
    void retire() {
        for (Map.Entry<String, Long> entry : new TreeMap<>(retiring).entrySet()) {
            Item item = running.get(entry.getKey());
            boolean overdue = System.nanoTime() - entry.getValue() > retireNanos;
            if (item == null || idle(item) || overdue) {
                retiring.remove(entry.getKey());
                if (item != null) {
                    FaultPoint.RETIRING.hit();
                    running.remove(entry.getKey());
                    takeOut(item);
                }
            }
        }
    }

    private boolean idle(Item item) {
        String id = id(item);
        return routes.all().stream()
                .filter(route -> route.generation().id().equals(id)
                        && route.generation().name().equals(item.name()))
                .allMatch(route -> route.inFlight() == 0);
    }

    private void takeOut(Item item) {
        try {
            if (Generations.jailed(item)) {
                residents.remove(item);
            } else {
                installer.remove(item, digests(running.values()));
            }
        } catch (InstallFailed e) {
            LOG.warn("{} {}: {}", item.plug(), item.bundleVersion(), e.getMessage());
        }
    }

    /** Removes jars from the disk that nothing here runs any more. */
    void forgetJars(Target target) {
        Set<String> digests = digests(running.values());
        digests.addAll(digests(target.all().values()));
        try {
            jars.keep(digests);
        } catch (IOException e) {
            LOG.warn("Jars of old releases cannot be removed: {}", e.getMessage());
        }
    }

    private static Set<String> digests(Collection<Item> items) {
        return items.stream().map(Item::bundle).collect(Collectors.toCollection(HashSet::new));
    }

    private String errors(List<Item> items) {
        return items.stream()
                .map(item -> failed.get(id(item)))
                .filter(error -> error != null)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
