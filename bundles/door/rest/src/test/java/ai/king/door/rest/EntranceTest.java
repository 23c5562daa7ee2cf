/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.cluster.Rates;
import ai.king.work.Goals;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EntranceTest {

    private static Door door;

    @BeforeAll
    static void open() {
        door = new Door();
        door.engines.with(Goals.class, FixedEngines.empty(Goals.class));
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void healthNeedsNoCredentials() {
        assertThat(door.get("", "/health/live").status()).isEqualTo(200);
        assertThat(door.get("", "/health/ready").status()).isEqualTo(503);
        assertThat(door.get("", "/health/ready").json()).containsEntry("status", "DOWN");
    }

    @Test
    void withoutCredentialsThereIsAProblemWith401() {
        Door.Answer answer = door.get("", "/goals");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(answer.json()).containsEntry("status", 401);
    }

    @Test
    void aWrongPasswordAndABrokenHeaderAre401() {
        for (String header : new String[] {
            Door.basic("viewer", "wrong"),
            "Basic ###",
            "Basic " + "dmlld2Vy",
            "Bearer ",
            "Bearer wrong",
            "Digest x",
            "x"
        }) {
            assertThat(door.send(door.request("/api/v1/goals").header("Authorization", header))
                            .status())
                    .as(header)
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenLetsIn() {
        assertThat(door.send(door.request("/api/v1/goals").header("Authorization", "Bearer token-viewer"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() {
        try (Door strict = new Door(2)) {
            strict.engines.with(Goals.class, FixedEngines.empty(Goals.class));
            assertThat(strict.get("viewer", "/goals").status())
                    .as("where nobody counts nobody is refused")
                    .isEqualTo(200);
            Map<String, Integer> taken = new HashMap<>();
            strict.engines.with(Rates.class, (key, most, window) -> {
                boolean allowed = taken.merge(key, 1, Integer::sum) <= most;
                return new Rates.Pass(allowed, allowed ? Duration.ZERO : window.dividedBy(2));
            });
            assertThat(strict.get("viewer", "/goals").status()).isEqualTo(200);
            assertThat(strict.get("viewer", "/goals").status()).isEqualTo(200);
            Door.Answer refused = strict.get("viewer", "/goals");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("30");
            assertThat(refused.text()).contains("more than 2 requests in a minute");
            assertThat(strict.get("approver", "/goals").status()).isEqualTo(200);
            assertThat(strict.get("", "/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void anyRoleMayRead() {
        assertThat(door.get("approver", "/goals").status()).isEqualTo(200);
    }

    @Test
    void aMissingRoleIs403() {
        Door.Answer answer = door.post("viewer", "/goals", "{\"text\":\"grow\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("operator");
    }

    @Test
    void aRequestIdComesBackAndABadOneIsReplaced() {
        assertThat(door.send(door.as("viewer", "/goals").header("X-Request-Id", "abc-1"))
                        .header("X-Request-Id"))
                .isEqualTo("abc-1");
        assertThat(door.send(door.as("viewer", "/goals").header("X-Request-Id", "a b{}"))
                        .header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void traceIsOff() {
        assertThat(door.send(door.as("viewer", "/goals").method("TRACE", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void unknownPathsAndServiceListsAreProblems() {
        for (String path : new String[] {"/nothing", "/services", "/", "?_wadl", "/goals?_wadl", "?_s=1"}) {
            Door.Answer answer = door.get("viewer", path);
            assertThat(answer.text()).as(path).doesNotContain("wadl").doesNotContain("<html");
            if (!path.startsWith("/goals")) {
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.header("Content-Type")).as(path).startsWith("application/problem+json");
            }
        }
    }

    @Test
    void anEngineThatIsNotThereIs503WithRetryAfter() {
        Door.Answer answer = door.get("viewer", "/agents");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.text()).contains("Agents is not ready");
    }
}
