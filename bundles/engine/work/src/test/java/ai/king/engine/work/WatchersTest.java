/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchersTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Watchers watchers = new Watchers();

    @Test
    void wakesAllWhoWaitForTheGoal() throws Exception {
        try (Watchers.Watch one = watchers.watch("a");
                Watchers.Watch two = watchers.watch("a")) {
            long seen = one.seen();
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> one.await(seen, LONG));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> two.await(seen, LONG));
            watchers.signal("a");
            CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatHappenedBetweenTheLookAndTheWaitIsNotMissed() {
        try (Watchers.Watch watch = watchers.watch("a")) {
            long seen = watch.seen();
            watchers.signal("a");
            watch.await(seen, LONG);
            assertThat(watch.seen()).isEqualTo(seen + 1);
        }
    }

    @Test
    void anotherGoalWakesNobody() {
        try (Watchers.Watch watch = watchers.watch("a")) {
            long seen = watch.seen();
            watchers.signal("b");
            assertThat(watch.seen()).isEqualTo(seen);
        }
    }

    @Test
    void keepsNothingOfAGoalNobodyWaitsFor() {
        Watchers.Watch one = watchers.watch("a");
        Watchers.Watch two = watchers.watch("a");
        one.close();
        assertThat(watchers.size()).isEqualTo(1);
        two.close();
        watchers.signal("a");
        assertThat(watchers.size()).isZero();
    }
}
