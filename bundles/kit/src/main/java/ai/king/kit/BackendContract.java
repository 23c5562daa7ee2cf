/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every inference backend keeps. */
public abstract class BackendContract {

    /** A backend over a far side that answers. */
    protected abstract InferenceBackend backend();

    @Test
    void saysWhatItCanDo() {
        assertThat(backend().status()).isNotNull();
    }

    @Test
    void streamsExactlyWhatItAnswers() {
        InferenceBackend backend = backend();
        StringBuilder streamed = new StringBuilder();
        Reply reply = backend.chat(Prompt.of("You are brief.", "Say hello"), streamed::append);
        Assumptions.assumeTrue(backend.status().chats(), "this backend does not chat");
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        assertThat(streamed).hasToString(((Reply.Answer) reply).text());
    }

    @Test
    void refusesToChatWithAValueWhenItCannot() {
        InferenceBackend backend = backend();
        Assumptions.assumeFalse(backend.status().chats(), "this backend chats");
        assertThat(backend.chat(Prompt.of("s", "u"), piece -> {})).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void embedsInOrderOrSaysItCannot() {
        InferenceBackend backend = backend();
        if (backend.status().embeds()) {
            List<float[]> vectors = backend.embed(List.of("a cat", "a dog"));
            assertThat(vectors).hasSize(2);
            assertThat(vectors.get(0)).hasSameSizeAs(vectors.get(1));
        } else {
            assertThatThrownBy(() -> backend.embed(List.of("a cat"))).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void endsSoonAfterAnInterrupt() throws InterruptedException {
        InferenceBackend backend = backend();
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            backend.chat(Prompt.of("s", "u"), piece -> {});
        });
        caller.setDaemon(true);
        caller.start();
        caller.join(20_000);
        assertThat(caller.isAlive()).as("still asking 20 s after the interrupt").isFalse();
    }

    @Test
    void returnsOnlyTypesOfTheApi() {
        InferenceBackend backend = backend();
        assertThat(ApiTypes.foreign(backend.chat(Prompt.of("s", "u"), piece -> {})))
                .isEmpty();
        assertThat(ApiTypes.foreign(backend.status())).isEmpty();
    }
}
