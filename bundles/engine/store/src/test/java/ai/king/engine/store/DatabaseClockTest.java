/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.gate.Setting;
import ai.king.store.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void goesOnFromALaterInstantAndNeverBack() {
        DatabaseClock clock = new DatabaseClock(NOON);
        assertThat(clock.instant()).isBetween(NOON, NOON.plusSeconds(60));
        clock.atLeast(NOON.minus(Duration.ofDays(1)));
        assertThat(clock.instant()).isAfterOrEqualTo(NOON);
        clock.atLeast(NOON.plus(Duration.ofHours(1)));
        Instant before = clock.instant();
        assertThat(before).isAfterOrEqualTo(NOON.plus(Duration.ofHours(1)));
        for (int i = 0; i < 1000; i++) {
            Instant next = clock.instant();
            assertThat(next).isAfterOrEqualTo(before);
            before = next;
        }
    }

    @Test
    void idsAscendAndAreUuidsOfVersion7() {
        TimeOrderedIds ids = new TimeOrderedIds(new DatabaseClock(NOON));
        List<String> made = Stream.generate(ids::next).limit(20_000).toList();
        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made.get(0)).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Set<String> parallel = new HashSet<>();
        IntStream.range(0, 8)
                .parallel()
                .mapToObj(t -> Stream.generate(ids::next).limit(2000).toList())
                .toList()
                .forEach(parallel::addAll);
        assertThat(parallel).hasSize(16_000);
    }

    @OnBothDatabases
    void aNodeStartsAfterTheLastStoredInstant(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Instant future = database.store.clock().instant().plus(Duration.ofDays(3));
            database.database.inTransaction(connection -> {
                try (var statement = connection.prepareStatement("update seal set at = ? where id = 1")) {
                    statement.setObject(1, future.atOffset(java.time.ZoneOffset.UTC));
                    return statement.executeUpdate();
                }
            });
            JpaStore second = database.secondNode().store;
            assertThat(second.clock().instant()).isAfterOrEqualTo(future);
            database.store.measureTime();
            Instant now = database.store.write(Actor.person("anna"), tx -> {
                tx.insert(new Setting("a", "b", 0));
                tx.record("x.y", "a", Map.of());
                return tx.now();
            });
            assertThat(now).isAfterOrEqualTo(future);
        }
    }
}
