/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import static org.assertj.core.api.Assertions.assertThatCode;

import ai.king.kit.SinkContract;
import ai.king.monitor.MonitoringSink;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Of {@link SinkContract} what needs no network. */
public final class SinkQuestions {

    private final MonitoringSink sink = Candidate.plug(MonitoringSink.class);

    @Test
    void takesAnEmptyBatch() {
        assertThatCode(() -> sink.accept(java.util.List.of())).doesNotThrowAnyException();
    }

    @Test
    void takesEveryKindOfSignal() {
        Assumptions.assumeTrue(Candidate.needsNoNetwork(), "it sends them somewhere else");
        assertThatCode(() -> sink.accept(SinkContract.signals())).doesNotThrowAnyException();
    }

    @Test
    void showsItsCountsOrNone() {
        assertThatCode(sink::exposition).doesNotThrowAnyException();
    }
}
