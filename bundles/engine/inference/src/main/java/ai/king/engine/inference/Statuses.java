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

/**
 * What the backends say of themselves, at most two seconds old: asking is a lease as any other, and must not fill the
 * figures by which generations are compared.
 */
final class Statuses {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Plugs plugs;
    private final Clock clock;
    private final RouteKey key;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(String generation, BackendStatus status, Instant at) {}

    Statuses(Plugs plugs, Clock clock, RouteKey key) {
        this.plugs = plugs;
        this.clock = clock;
        this.key = key;
    }

    /** Empty when the backend has just gone. */
    Optional<BackendStatus> of(Generation generation) {
        String name = generation.name();
        Seen last = seen.get(name);
        if (last != null
                && last.generation().equals(generation.id())
                && Duration.between(last.at(), clock.instant()).compareTo(FRESH) < 0) {
            return Optional.of(last.status());
        }
        Optional<BackendStatus> status = ask(name);
        status.ifPresentOrElse(
                fresh -> seen.put(name, new Seen(generation.id(), fresh, clock.instant())), () -> seen.remove(name));
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
