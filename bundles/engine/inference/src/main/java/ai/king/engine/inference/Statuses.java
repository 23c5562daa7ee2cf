/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the backends say of themselves. Asking is a lease as any other, and must not fill the figures by which generations
 * are compared; and it may take seconds where nobody answers, so that a caller waits for it only when nothing is known yet.
 */
final class Statuses {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration STALE = Duration.ofSeconds(15);

    private final Plugs plugs;
    private final Clock clock;
    private final RouteKey key;
    private final Executor behind;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Boolean> asked = new ConcurrentHashMap<>();

    private record Seen(String generation, BackendStatus status, Instant at) {}

    /**
     * @param behind asks again while callers go on with what is known
     */
    Statuses(Plugs plugs, Clock clock, RouteKey key, Executor behind) {
        this.plugs = plugs;
        this.clock = clock;
        this.key = key;
        this.behind = behind;
    }

    /** Empty when the backend has just gone. */
    Optional<BackendStatus> of(Generation generation) {
        String name = generation.name();
        Seen last = seen.get(name);
        if (last == null || !last.generation().equals(generation.id())) {
            return fresh(generation);
        }
        Duration age = Duration.between(last.at(), clock.instant());
        if (age.compareTo(STALE) >= 0) {
            return fresh(generation);
        }
        if (age.compareTo(FRESH) >= 0 && asked.putIfAbsent(name, Boolean.TRUE) == null) {
            behind.execute(() -> {
                try {
                    fresh(generation);
                } finally {
                    asked.remove(name);
                }
            });
        }
        return Optional.of(last.status());
    }

    private Optional<BackendStatus> fresh(Generation generation) {
        String name = generation.name();
        Optional<BackendStatus> status = ask(name);
        status.ifPresentOrElse(
                now -> seen.put(name, new Seen(generation.id(), now, clock.instant())), () -> seen.remove(name));
        return status;
    }

    private Optional<BackendStatus> ask(String name) {
        try (Lease<InferenceBackend> lease = plugs.lease(InferenceBackend.class, name, key)) {
            return Optional.of(lease.plug().status());
        } catch (NoSuchPlug e) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            String detail = "its status broke: " + e.getClass().getSimpleName();
            return Optional.of(new BackendStatus(false, false, false, List.of(), OptionalDouble.empty(), detail));
        }
    }
}
