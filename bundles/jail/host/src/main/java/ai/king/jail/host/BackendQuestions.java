/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.ApiTypes;
import org.junit.jupiter.api.Test;

/** Of {@link ai.king.kit.BackendContract} what needs no endpoint; and how it fails without one. */
public final class BackendQuestions {

    private static final long PATIENCE_MILLIS = 60_000;

    private final InferenceBackend backend = Candidate.plug(InferenceBackend.class);

    @Test
    void saysWhatItCanDo() {
        assertThat(backend.status().models()).isNotNull();
        assertThat(backend.status().detail()).isNotNull();
    }

    @Test
    void failsWithAValueWhereNobodyAnswers() {
        Reply reply = backend.chat(Prompt.of("You are brief.", "Say hello"), piece -> {});
        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        assertThat(((Reply.Unavailable) reply).reason()).isNotBlank();
        assertThat(ApiTypes.foreign(reply)).isEmpty();
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        assertThat(ApiTypes.foreign(backend.status())).isEmpty();
    }

    @Test
    void endsSoonAfterAnInterrupt() throws InterruptedException {
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            backend.chat(Prompt.of("s", "u"), piece -> {});
        });
        caller.setDaemon(true);
        caller.start();
        caller.join(PATIENCE_MILLIS);
        assertThat(caller.isAlive()).as("still asking after the interrupt").isFalse();
    }
}
