/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.engine.inference.Budget.Used;
import ai.king.inferences.Spend;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What each backend used, on all nodes: written once a second, for lists and not for limits. */
final class Bookings {

    private static final Used NOTHING = new Used(0, BigDecimal.ZERO);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SpendRows rows;
    private final Clock clock;
    private final Map<String, Booking> waiting = new ConcurrentHashMap<>();
    private final Map<String, Known> stored = new ConcurrentHashMap<>();

    private record Known(Used used, long at) {}

    /**
     * What one backend answered since it was last written.
     *
     * @param callers calls by who asked through a door; the platform's own work is in none
     */
    private record Booking(Used used, long calls, Map<String, Long> callers) {

        Booking plus(Booking other) {
            Map<String, Long> both = new TreeMap<>(callers);
            other.callers.forEach((caller, count) -> both.merge(caller, count, Long::sum));
            return new Booking(sum(used, other.used), calls + other.calls, both);
        }
    }

    Bookings(SpendRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    void add(String backend, LocalDate day, Optional<String> caller, Used used) {
        if (used.tokens() != 0 || used.money().signum() != 0) {
            Map<String, Long> callers = caller.map(name -> Map.of(name, 1L)).orElse(Map.of());
            waiting.merge(Spend.id("backend:" + backend, day), new Booking(used, 1, callers), Booking::plus);
        }
    }

    /** Writes what came since; what cannot be written waits for the next time. */
    void book() {
        for (String key : waiting.keySet()) {
            Booking booking = waiting.remove(key);
            if (booking == null) {
                continue;
            }
            try {
                write(key, booking);
            } catch (RuntimeException e) {
                waiting.merge(key, booking, Booking::plus);
                throw e;
            }
        }
    }

    private void write(String key, Booking booking) {
        Used used = booking.used();
        int cut = key.lastIndexOf('|');
        String scope = key.substring(0, cut);
        LocalDate day = LocalDate.parse(key.substring(cut + 1));
        rows.written(scope, day, tx -> {
            Spend row = tx.update(SpendRows.locked(tx, scope, day).plus(used.tokens(), used.money()));
            Known now = new Known(new Used(row.tokens(), row.money()), System.nanoTime());
            tx.record(
                    "inference.used",
                    scope,
                    Map.of("tokens", used.tokens(), "calls", booking.calls(), "callers", booking.callers()));
            tx.afterCommit(() -> stored.put(key, now));
            return true;
        });
    }

    /** What is stored is read every few seconds at most: lists are asked for with each call through a door. */
    Used today(String backend) {
        String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        String key = "backend:" + backend + "|" + day;
        Known known = stored.get(key);
        if (known == null || System.nanoTime() - known.at() > FRESH_NANOS) {
            stored.keySet().removeIf(old -> !old.endsWith(day));
            Used used = rows.find(key)
                    .map(row -> new Used(row.tokens(), row.money()))
                    .orElse(NOTHING);
            known = new Known(used, System.nanoTime());
            stored.put(key, known);
        }
        Booking open = waiting.get(key);
        return open == null ? known.used() : sum(known.used(), open.used());
    }

    private static Used sum(Used one, Used other) {
        return new Used(one.tokens() + other.tokens(), one.money().add(other.money()));
    }
}
