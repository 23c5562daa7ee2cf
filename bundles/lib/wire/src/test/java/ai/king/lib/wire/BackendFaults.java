/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may go wrong between a backend and any model: every call ends, with a reason, and nothing of the key in it. */
@Timeout(60)
public abstract class BackendFaults {

    protected static final String KEY = "key-Very5ecret1234567";
    protected static final Prompt HELLO = Prompt.of("You are brief.", "Say hello");

    protected Endpoint endpoint;

    /** The path that chats are posted to, or how it begins. */
    protected abstract String path();

    protected abstract String type();

    /** Frames of the answer "Hello there!" of 11 and 4 tokens. */
    protected abstract List<String> answer();

    /** How an error of this status looks. */
    protected abstract Object error(int status, String message);

    /** A backend on the endpoint, with these options beside those it needs. */
    protected abstract InferenceBackend backend(Map<String, Object> options);

    /** What else the endpoint answers. */
    protected void furnish(Endpoint fresh) {}

    /** Who publishes a client that this double can be asked with, and for which model; empty where nobody does. */
    protected Optional<Vendor> vendor() {
        return Optional.empty();
    }

    /**
     * @param finish how its protocol says that an answer is whole
     * @param url what its client takes for the vendor
     */
    public record Vendor(String name, String url, String model, String finish) {}

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint().on(path(), Endpoint.stream(type(), answer()));
        furnish(endpoint);
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    private Reply.Unavailable failure(Map<String, Object> options) {
        Reply reply = backend(options).chat(HELLO, piece -> {});
        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        assertThat(reply.toString()).doesNotContain(KEY);
        return (Reply.Unavailable) reply;
    }

    @Test
    void streamsInOrderOnTheCallersThread() {
        List<String> pieces = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Reply reply = backend(Map.of()).chat(HELLO, piece -> {
            pieces.add(piece);
            threads.add(Thread.currentThread());
        });
        assertThat(String.join("", pieces)).isEqualTo("Hello there!");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(reply).isInstanceOfSatisfying(Reply.Answer.class, answer -> {
            assertThat(answer.text()).isEqualTo("Hello there!");
            assertThat(answer.finish()).isEqualTo("stop");
            assertThat(answer.usage()).isEqualTo(new Reply.Usage(11, 4));
        });
    }

    @Test
    void theVendorsOwnClientUnderstandsThisDouble() throws Exception {
        Assumptions.assumeTrue(vendor().isPresent(), "no client of a vendor is asked here");
        Vendor vendor = vendor().get();
        JsonNode told = VendorClient.ask(vendor.name(), vendor.url(), vendor.model());
        assertThat(told.path("text").asText()).as("%s", told).isEqualTo("Hello there!");
        assertThat(told.path("pieces")).hasSizeGreaterThan(1);
        assertThat(told.path("finish").asText()).isEqualTo(vendor.finish());
        assertThat(told.path("prompt").asInt()).isEqualTo(11);
        assertThat(told.path("completion").asInt()).isEqualTo(4);

        endpoint.on(path(), Endpoint.json(429, error(429, "slow down, please")));
        JsonNode refused = VendorClient.ask(vendor.name(), vendor.url(), vendor.model());
        assertThat(refused.path("status").asInt()).as("%s", refused).isEqualTo(429);
        assertThat(refused.path("error").asText()).contains("slow down, please");
    }

    @Test
    void givesUpWhenTheFirstByteDoesNotCome() {
        endpoint.on(path(), endpoint.silent());
        Reply.Unavailable no = failure(Map.of("silence.timeout", 1, "connect.timeout", 1));
        assertThat(no.retriable()).isTrue();
        assertThat(no.reason()).contains("timed out");
    }

    @Test
    void givesUpAfterASilenceInTheMiddle() {
        endpoint.on(path(), endpoint.stuck(type(), answer().subList(0, 2)));
        Reply.Unavailable no = failure(Map.of("silence.timeout", 1));
        assertThat(no.retriable()).isTrue();
        assertThat(no.reason()).contains("silent for 1 s");
    }

    @Test
    void givesUpOnOneByteAfterTheOther() throws Exception {
        endpoint.on(path(), endpoint.trickle(type(), answer().get(0), 300));
        Reply.Unavailable no = failure(Map.of("silence.timeout", 20, "answer.timeout", 2));
        assertThat(no.retriable()).isTrue();
        assertThat(no.reason()).contains("not whole in time");
        assertThat(endpoint.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOnAnAnswerThatNeverEnds() throws Exception {
        endpoint.on(path(), (request, out) -> {
            String endless = String.join("", answer().subList(0, answer().size() - 2));
            endpoint.trickle(type(), endless, 0).answer(request, out);
        });
        assertThat(failure(Map.of("answer.timeout", 1)).retriable()).isTrue();
        assertThat(endpoint.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesACutStreamForBrokenOff() {
        endpoint.on(path(), Endpoint.cut(type(), answer().subList(0, answer().size() - 1)));
        assertThat(failure(Map.of()).retriable()).isTrue();
    }

    @Test
    void takesAStreamThatStopsBeforeItsEndForBrokenOff() {
        endpoint.on(path(), Endpoint.stream(type(), answer().subList(0, answer().size() - 1)));
        assertThat(failure(Map.of()).retriable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: <html>no</html>\n\n", "<html>proxy error</html>\n", "{\"what\":", "", "\u0000\u0001\u0002"
            })
    void takesGarbageForAFailure(String garbage) {
        endpoint.on(path(), Endpoint.whole(200, type(), garbage));
        assertThat(failure(Map.of()).retriable()).isTrue();
    }

    @Test
    void leavesNoHoleWhereAFrameCannotBeRead() {
        List<String> frames = new ArrayList<>(answer());
        frames.set(2, frames.get(2).replaceFirst("\\{", "{{"));
        endpoint.on(path(), Endpoint.stream(type(), frames));
        assertThat(failure(Map.of()).retriable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void saysThatAnotherAttemptMayHelp(int status) {
        endpoint.on(path(), Endpoint.json(status, error(status, "It did not work, " + KEY)));
        Reply.Unavailable no = failure(Map.of());
        assertThat(no.retriable()).isTrue();
        assertThat(no.reason()).contains(String.valueOf(status), "It did not work");
        assertThat(no.retryAfterSeconds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void saysThatAClientErrorStaysOne(int status) {
        endpoint.on(path(), Endpoint.json(status, error(status, "It is wrong")));
        Reply.Unavailable no = failure(Map.of());
        assertThat(no.retriable()).isFalse();
        assertThat(no.reason()).contains(String.valueOf(status), "It is wrong");
    }

    @Test
    void handsOnWhenToComeBack() {
        endpoint.on(path(), Endpoint.json(429, error(429, "Too many"), "Retry-After: 17"));
        assertThat(failure(Map.of()).retryAfterSeconds()).contains(17L);
    }

    @Test
    void asksOnceInAStormOfErrors() {
        endpoint.on(path(), Endpoint.json(500, error(500, "storm")));
        InferenceBackend backend = backend(Map.of());
        for (int i = 0; i < 20; i++) {
            assertThat(backend.chat(HELLO, piece -> {})).isInstanceOf(Reply.Unavailable.class);
        }
        assertThat(endpoint.requests).hasSize(20);
    }

    @Test
    void hangsUpWhenInterruptedAndWhenNobodyListens() throws Exception {
        endpoint.on(path(), endpoint.stuck(type(), answer().subList(0, answer().size() - 2)));
        CountDownLatch heard = new CountDownLatch(1);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        InferenceBackend backend = backend(Map.of());
        Thread caller = new Thread(() -> reply.complete(backend.chat(HELLO, piece -> heard.countDown())));
        caller.start();
        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Unavailable.class);
        Reply ended = backend.chat(HELLO, piece -> {
            throw new IllegalStateException("enough");
        });
        assertThat(ended).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        InferenceBackend backend = backend(Map.of());
        endpoint.close();
        assertThat(backend.chat(HELLO, piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                        .isTrue());
        assertThat(backend.status().healthy()).isFalse();
    }
}
