/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import ai.king.inference.Reply;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Whether the endpoint answers: asked at most every few seconds, by one caller, while the others take the last state. */
final class Health {

    private static final String UNKNOWN = "not asked yet";
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Transport transport;
    private final String url;
    private final String key;
    private final Failures failures;
    private volatile State last;
    private final ReentrantLock asking = new ReentrantLock();

    /** How it stood, and when that was. */
    record State(boolean well, String detail, long at) {}

    Health(Transport transport, String url, String key, Failures failures) {
        this.transport = transport;
        this.url = url;
        this.key = key;
        this.failures = failures;
        last = new State(false, UNKNOWN, System.nanoTime() - FRESH_NANOS);
    }

    State state() {
        State known = last;
        if (System.nanoTime() - known.at() < FRESH_NANOS) {
            return known;
        }
        if (known.detail().equals(UNKNOWN)) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return known;
        }
        try {
            if (System.nanoTime() - last.at() >= FRESH_NANOS) {
                last = ask();
            }
            return last;
        } finally {
            asking.unlock();
        }
    }

    /** A server without a list of models is well, too: it answers. */
    private State ask() {
        if (key.isEmpty() && url.startsWith("https://api.openai.com/")) {
            return new State(false, "no key is configured", System.nanoTime());
        }
        try {
            HttpRequest.Builder request =
                    HttpRequest.builder().method(HttpMethod.GET).url(url + "/models");
            if (!key.isEmpty()) {
                request.addHeader("Authorization", "Bearer " + key);
            }
            transport.execute(request.build());
            return new State(true, "answers", System.nanoTime());
        } catch (Refused e) {
            boolean well = e.statusCode() == 404 || e.statusCode() == 405 || e.statusCode() == 429;
            return new State(well, well ? "answers" : reason(e), System.nanoTime());
        } catch (RuntimeException e) {
            return new State(false, reason(e), System.nanoTime());
        }
    }

    private String reason(RuntimeException failure) {
        Reply.Unavailable unavailable = failures.of(failure);
        return unavailable.reason();
    }
}
