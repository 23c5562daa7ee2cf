/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChatStreamTest {

    @Test
    void showsThatItIsThereWhileNothingIsSaid() throws Exception {
        CountDownLatch comments = new CountDownLatch(3);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                comments.countDown();
            }
        };
        try (KeepAlive timer = new KeepAlive(Duration.ofMillis(5))) {
            ChatStream stream = new ChatStream(out);
            Future<?> reminders = timer.each(stream::keepAlive);
            assertThat(comments.await(20, TimeUnit.SECONDS)).isTrue();
            stream.problem(Problem.of(503, "busy"));
            String told = out.toString(StandardCharsets.UTF_8);
            stream.keepAlive();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(told);
            reminders.cancel(false);
            assertThat(told).startsWith(": \n\n: \n\n").contains("event: problem");
        }
    }

    @Test
    void aClientThatIsFoundGoneEndsTheReplyWithTheNextPiece() {
        ChatStream stream = new ChatStream(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("reset by peer");
            }
        });
        stream.keepAlive();
        assertThatThrownBy(() -> stream.onText("Good morning"))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("reset by peer");
    }
}
