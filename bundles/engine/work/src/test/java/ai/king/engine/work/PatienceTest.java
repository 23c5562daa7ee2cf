/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.inference.Listener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void endsAChatAtItsNextPieceOnceTheTimeIsOver() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
        Patience patience = new Patience(clock::get, Duration.ofNanos(10));
        Listener listener = patience.listener();
        listener.onText("a");
        clock.addAndGet(10);
        listener.onText("b");
        assertThat(patience.over()).isFalse();
        clock.addAndGet(1);
        assertThat(patience.over()).isTrue();
        assertThatThrownBy(() -> listener.onText("c")).isInstanceOf(IllegalStateException.class);
    }
}
