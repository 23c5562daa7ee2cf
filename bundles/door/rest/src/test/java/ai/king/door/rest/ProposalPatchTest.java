/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The patch of an approved change of the infrastructure. */
final class ProposalPatchTest {

    private static final String PATCH =
            "--- a/terraform/main.tf\n+++ b/terraform/main.tf\n@@ -1 +1 @@\n-a\n+b \u00e9\n";

    private final Door door = new Door();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void handsOutThePatchByteForByteOnceItWasApproved() {
        stored(Proposal.Kind.INFRASTRUCTURE, Proposal.Status.COMPLETED);
        Door.Answer answer = door.get("viewer", "/evolution/proposals/p1/patch");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(PATCH);
        assertThat(answer.header("Content-Type")).startsWith("text/x-diff");
    }

    @Test
    void keepsItBackUntilThen() {
        stored(Proposal.Kind.INFRASTRUCTURE, Proposal.Status.READY);
        assertThat(door.get("viewer", "/evolution/proposals/p1/patch").status()).isEqualTo(409);
        stored(Proposal.Kind.CONFIGURATION, Proposal.Status.COMPLETED);
        assertThat(door.get("viewer", "/evolution/proposals/p1/patch").status()).isEqualTo(404);
    }

    private void stored(Proposal.Kind kind, Proposal.Status status) {
        Proposal proposal = new Proposal(
                "p1",
                kind,
                "t",
                "",
                Proposal.Origin.DEVELOPER,
                "ada",
                status,
                "HIGH",
                null,
                Map.of(),
                Map.of("patch", PATCH),
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
        door.engines.with(Evolution.class, (Evolution) Proxy.newProxyInstance(
                Evolution.class.getClassLoader(),
                new Class<?>[] {Evolution.class},
                (proxy, method, arguments) -> method.getName().equals("find") ? Optional.of(proposal) : List.of()));
    }
}
