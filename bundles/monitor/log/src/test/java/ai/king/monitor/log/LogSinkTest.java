/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.monitor.Signal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSinkTest {

    @Test
    void writesOneLineWhateverTheValuesHold() {
        Signal signal = new Signal.Event(Instant.EPOCH, "goal.failed", Map.of("b", "x\n2026 ERROR forged", "a", "1"));
        assertThat(LogSink.line(signal)).isEqualTo("goal.failed a=1 b=x?2026 ERROR forged");
    }
}
