/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.jail.host.wire.Codec;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Line;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One order to a program in a cell and its one answer, which counts only with the secret that the order carried. */
final class Exchange {

    private static final int NONCE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Exchange() {}

    /**
     * What came back.
     *
     * @param frame null where none came in time
     * @param failure why not
     */
    record Heard(@Nullable Frame frame, String nonce, String failure) {

        boolean carries(String given) {
            return MessageDigest.isEqual(nonce.getBytes(), given.getBytes());
        }

        /** Why it does not count. */
        String otherwise() {
            return frame == null ? failure : "the report does not carry the nonce of this trial";
        }
    }

    /** @param order made with the nonce */
    static Heard once(Cell cell, Function<String, Frame> order, int longestFrame, Duration limit) {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        Line line = new Line(cell.output(), cell.input(), new Codec(Codec.FEW_TOKENS), longestFrame);
        FutureTask<Frame> answer = new FutureTask<>(() -> {
            line.send(order.apply(nonce));
            return line.receive();
        });
        Thread reader = new Thread(answer, "king-jail-trial");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Heard(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS), nonce, "");
        } catch (TimeoutException e) {
            cell.end("no report within " + limit.toSeconds() + " s");
            return new Heard(null, nonce, cell.epitaph());
        } catch (ExecutionException e) {
            cell.end("no report: " + e.getCause());
            return new Heard(null, nonce, cell.epitaph());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Heard(null, nonce, "the trial was interrupted");
        }
    }
}
