/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, read by the thread that asked. Unlike the stream of the JDK's client (on Java 17) it hears an
 * interrupt and gives up after a silence; both, and closing, end the call at the far side.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {

    private final Duration silence;
    private final long end;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;
    private boolean ended;

    /** Bytes, or the end, with its reason when it is a bad one. */
    private record Arrival(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    /**
     * @param whole longest time for the whole of it: one byte a second is no silence, and no answer either
     */
    BodyStream(Duration silence, Duration whole) {
        this.silence = silence;
        end = System.nanoTime() + whole.toNanos();
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrivals.add(new Arrival(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (current.isEmpty()) {
            if (ended) {
                return -1;
            }
            take();
        }
        ByteBuffer first = current.element();
        int count = Math.min(length, first.remaining());
        first.get(into, offset, count);
        if (!first.hasRemaining()) {
            current.remove();
        }
        return count;
    }

    @Override
    public void close() {
        current.clear();
        Flow.Subscription open = subscription;
        if (open != null && !ended) {
            open.cancel();
        }
        ended = true;
    }

    private void take() throws IOException {
        Arrival arrival = next();
        arrival.bytes().stream().filter(ByteBuffer::hasRemaining).forEach(current::add);
        if (arrival.last()) {
            ended = true;
            if (arrival.failure() != null) {
                throw new IOException("the connection broke off", arrival.failure());
            }
            return;
        }
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
    }

    private Arrival next() throws IOException {
        try {
            long left = end - System.nanoTime();
            Arrival arrival = arrivals.poll(Math.min(silence.toNanos(), left), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                close();
                throw new HttpTimeoutException(
                        left < silence.toNanos()
                                ? "the answer was not whole in time"
                                : "silent for " + silence.toSeconds() + " s");
            }
            return arrival;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
