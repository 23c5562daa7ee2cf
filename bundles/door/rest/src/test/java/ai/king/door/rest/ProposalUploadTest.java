/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import ai.king.store.Actor;
import ai.king.store.RequestLog;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProposalUploadTest {

    private static final String PROPOSAL = "{\"kind\":\"BUNDLE\",\"title\":\"new echo\"}";

    private final Map<String, RequestLog.Answer> kept = new HashMap<>();
    private byte[] bundle = new byte[0];
    private Optional<byte[]> tests = Optional.empty();
    private Identity author;
    private int proposals;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door();
        door.engines.with(Evolution.class, evolution());
        door.engines.with(RequestLog.class, log());
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void takesAJarWithItsTests() {
        Map<String, byte[]> parts = parts(PROPOSAL, new byte[] {1, 2, 3});
        parts.put("tests", new byte[] {4});
        Door.Answer answer = send("developer", "b1", parts, "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json()).containsEntry("id", "p1").containsEntry("status", "DRAFT");
        assertThat(bundle).containsExactly(1, 2, 3);
        assertThat(tests).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(4));
        assertThat(author.name()).isEqualTo("developer");
    }

    @Test
    void theSameKeyIsTheSameProposalThoughTheBoundaryDiffers() {
        send("developer", "one", parts(PROPOSAL, new byte[] {1}), "k1");
        Door.Answer again = send("developer", "two", parts(PROPOSAL, new byte[] {1}), "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(proposals).isEqualTo(1);
        assertThat(send("developer", "two", parts(PROPOSAL, new byte[] {2}), "k1")
                        .status())
                .isEqualTo(422);
        assertThat(author.request()).isPresent();
    }

    @Test
    void refusesWhoIsNoDeveloper() {
        assertThat(send("", "b", parts(PROPOSAL, new byte[1]), "").status()).isEqualTo(401);
        assertThat(send("operator", "b", parts(PROPOSAL, new byte[1]), "").status())
                .isEqualTo(403);
        assertThat(proposals).isZero();
    }

    @Test
    void refusesPartsThatAreMissingUnknownOrBroken() {
        Map<String, byte[]> noJar = new LinkedHashMap<>();
        noJar.put("proposal", PROPOSAL.getBytes(StandardCharsets.UTF_8));
        assertThat(send("developer", "b", noJar, "").status()).isEqualTo(422);
        Map<String, byte[]> unknown = parts(PROPOSAL, new byte[1]);
        unknown.put("origin", new byte[1]);
        assertThat(send("developer", "b", unknown, "").status()).isEqualTo(422);
        assertThat(send("developer", "b", parts("{", new byte[1]), "").status()).isEqualTo(400);
        assertThat(send("developer", "b", parts("{\"kind\":\"NONE\"}", new byte[1]), "")
                        .status())
                .isEqualTo(422);
        assertThat(send(
                                "developer",
                                "b",
                                parts("{\"kind\":\"CONFIGURATION\",\"title\":\"a\",\"change\":{}}", new byte[1]),
                                "")
                        .status())
                .isEqualTo(422);
        Door.Answer broken = door.send(door.as("developer", "/evolution/proposals")
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("x")));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(proposals).isZero();
    }

    @Test
    void aJarOver64MiBIs413() {
        assertThat(send("developer", "b", parts(PROPOSAL, new byte[64 * 1024 * 1024 + 1]), "")
                        .status())
                .isEqualTo(413);
        assertThat(proposals).isZero();
    }

    @Test
    void takesAConfigurationAsJson() {
        String change =
                "{\"kind\":\"CONFIGURATION\",\"title\":\"a\",\"change\":{\"plug\":\"p\",\"values\":{\"x\":null}}}";
        assertThat(door.post("developer", "/evolution/proposals", change).status())
                .isEqualTo(202);
        assertThat(door.post("developer", "/evolution/proposals", PROPOSAL).status())
                .as("no jar")
                .isEqualTo(422);
    }

    private static Map<String, byte[]> parts(String proposal, byte[] jar) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("proposal", proposal.getBytes(StandardCharsets.UTF_8));
        parts.put("bundle", jar);
        return parts;
    }

    private Door.Answer send(String user, String boundary, Map<String, byte[]> parts, String key) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        parts.forEach((name, bytes) -> {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                            + name + "\"\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        var request = door.as(user, "/evolution/proposals")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary);
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return door.send(request.POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private Evolution evolution() {
        return (Evolution) Proxy.newProxyInstance(
                Evolution.class.getClassLoader(), new Class<?>[] {Evolution.class}, (proxy, method, arguments) -> {
                    author = (Identity) arguments[0];
                    Evolution.NewProposal asked = (Evolution.NewProposal) arguments[1];
                    if (asked.bundle().isPresent()) {
                        bundle = read(asked.bundle().get());
                        tests = asked.tests().isPresent()
                                ? Optional.of(read(asked.tests().get()))
                                : Optional.empty();
                    }
                    proposals++;
                    return new Proposal(
                            "p" + proposals,
                            asked.kind(),
                            asked.title(),
                            "",
                            Proposal.Origin.DEVELOPER,
                            author.name(),
                            Proposal.Status.DRAFT,
                            "LOW",
                            null,
                            Map.of(),
                            Map.of(),
                            null,
                            null,
                            "jail",
                            List.of(),
                            null,
                            null,
                            "",
                            null,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            0);
                });
    }

    private static byte[] read(InputStream stream) throws java.io.IOException {
        return stream.readAllBytes();
    }

    private RequestLog log() {
        return new RequestLog() {
            @Override
            public Optional<Answer> find(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void answered(String key, int status, String body) {
                Actor.RequestKey request = author.request().orElseThrow();
                kept.put(key, new Answer(request.digest(), "p1", status, body));
            }
        };
    }
}
