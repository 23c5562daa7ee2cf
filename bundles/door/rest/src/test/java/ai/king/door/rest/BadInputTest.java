/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goals;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BadInputTest {

    private static final OneGoal GOALS = new OneGoal();
    private static Door door;

    @BeforeAll
    static void open() {
        door = new Door();
        door.engines.with(Goals.class, GOALS);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("empty", bytes(""), 400),
                arguments("no JSON", bytes("text"), 400),
                arguments("half", bytes("{\"text\":"), 400),
                arguments("two values", bytes("{\"text\":\"a\"} {}"), 400),
                arguments("duplicate keys", bytes("{\"text\":\"a\",\"text\":\"b\"}"), 400),
                arguments("too deep", bytes("{\"documents\":" + "[".repeat(100) + "]".repeat(100) + "}"), 400),
                arguments("NaN", bytes("{\"text\":NaN}"), 400),
                arguments("comment", bytes("/* x */{\"text\":\"a\"}"), 400),
                arguments(
                        "not UTF-8",
                        new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'},
                        400),
                arguments("UTF-16", "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16), 400),
                arguments("over 1 MiB", bytes("{\"text\":\"" + "a".repeat(1024 * 1024) + "\"}"), 413),
                arguments("null", bytes("null"), 422),
                arguments("list", bytes("[]"), 422),
                arguments("string", bytes("\"text\""), 422),
                arguments("unknown field", bytes("{\"text\":\"a\",\"origin\":\"AI\"}"), 422),
                arguments("number for text", bytes("{\"text\":12}"), 422),
                arguments("no text", bytes("{}"), 422),
                arguments("blank text", bytes("{\"text\":\"  \"}"), 422),
                arguments("20,001 characters", bytes("{\"text\":\"" + "a".repeat(20_001) + "\"}"), 422),
                arguments("100,000 characters", bytes("{\"text\":\"" + "a".repeat(100_000) + "\"}"), 422),
                arguments("string for flag", bytes("{\"text\":\"a\",\"dryRun\":\"yes\"}"), 422));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0} is {2}")
    @MethodSource("bodies")
    void aBadBodyIsRefusedAndNothingIsFiled(String what, byte[] body, int status) {
        int before = GOALS.goals.size();
        for (String key : new String[] {"", "key-" + what.hashCode()}) {
            var request = door.as("operator", "/goals").header("Content-Type", "application/json");
            if (!key.isEmpty()) {
                door.engines.with(ai.king.store.RequestLog.class, FixedEngines.empty(ai.king.store.RequestLog.class));
                request.header("Idempotency-Key", key);
            }
            Door.Answer answer = door.send(request.POST(BodyPublishers.ofByteArray(body)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.text()).doesNotContain("Exception").doesNotContain("ai.king");
        }
        assertThat(GOALS.goals).hasSize(before);
    }

    @Test
    void exactly20000CharactersAreTaken() {
        assertThat(door.post("operator", "/goals", "{\"text\":\"" + "ä".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void badInputNamesThePlace() {
        Door.Answer answer = door.post("operator", "/goals", "{\"text\":\"a\",\"documents\":[1,{}]}");
        assertThat(answer.text()).contains("\"pointer\":\"/documents/");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"?limit=0", "?limit=501", "?limit=x", "?limit=-1", "?status=NOPE", "?limit=99999999999"})
    void aBadParameterIs422(String query) {
        assertThat(door.get("viewer", "/goals" + query).status()).isEqualTo(422);
    }

    @Test
    void anotherMediaTypeIs415AndAnotherMethod405() {
        Door.Answer xml = door.send(door.as("operator", "/goals")
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<a/>")));
        assertThat(xml.status()).isEqualTo(415);
        Door.Answer form = door.send(door.as("operator", "/goals")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=a")));
        assertThat(form.status()).isEqualTo(415);
        assertThat(door.method("DELETE", "operator", "/goals", "").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @EnumSource(VoteRefused.Reason.class)
    void aVoteIsRefusedByItsReason(VoteRefused.Reason reason) {
        throwing(Approvals.class, new VoteRefused(reason, "because"));
        int expected =
                switch (reason) {
                    case UNKNOWN -> 404;
                    case NOT_ALLOWED -> 403;
                    case EXPIRED -> 410;
                    default -> 409;
                };
        String vote = "{\"decision\":\"" + Vote.Decision.APPROVE + "\",\"payloadSha256\":\"" + "a".repeat(64) + "\"}";
        assertThat(door.post("approver", "/approvals/x/votes", vote).status()).isEqualTo(expected);
    }

    @Test
    void aVoteNeedsAHashAndADecision() {
        throwing(Approvals.class, new IllegalStateException("not reached"));
        for (String vote : new String[] {
            "{}",
            "{\"decision\":\"APPROVE\"}",
            "{\"decision\":\"MAYBE\",\"payloadSha256\":\"" + "a".repeat(64) + "\"}",
            "{\"decision\":\"APPROVE\",\"payloadSha256\":\"" + "A".repeat(64) + "\"}",
            "{\"decision\":0,\"payloadSha256\":\"" + "a".repeat(64) + "\"}"
        }) {
            assertThat(door.post("approver", "/approvals/x/votes", vote).status())
                    .as(vote)
                    .isEqualTo(422);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new StoreUnavailable("the store does not answer", new RuntimeException("secret")), 503),
                arguments(new StaleRow("x", new RuntimeException()), 409),
                arguments(new IllegalStateException("not now"), 409),
                arguments(new IllegalArgumentException("not so"), 422),
                arguments(new NullPointerException("secret"), 500),
                arguments(new StackOverflowError("secret"), 500));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAProblemWithoutATrace(Throwable failure, int status) {
        throwing(Approvals.class, failure);
        Door.Answer answer = door.get("viewer", "/approvals");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text())
                .doesNotContain("secret")
                .doesNotContain("Exception")
                .doesNotContain("at ai.king");
        assertThat(answer.header("Retry-After")).isEqualTo(status == 503 ? "2" : "");
        if (status == 500) {
            assertThat(answer.json()).containsKey("id");
        }
    }

    private static <T> void throwing(Class<T> type, Throwable failure) {
        door.engines.with(
                type,
                type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                            throw failure;
                        })));
    }
}
