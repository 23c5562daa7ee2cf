/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One proposal on its way: filed by one person, decided by another. */
final class Swap {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Api decider;
    private final String path;

    private Swap(Api decider, HttpResponse<String> filed) {
        this.decider = decider;
        this.path = "/evolution/proposals/" + Api.ok(filed).path("id").asText();
    }

    /** A shipped plug once more, under a new version and with changed text in its component descriptions. */
    static Swap bundle(Api author, Api decider, String plug, String version, UnaryOperator<String> components)
            throws IOException {
        return bundle(author, decider, Restamped.of(jar(plug), version, components));
    }

    static Swap bundle(Api author, Api decider, byte[] jar) {
        Map<String, Object> proposal =
                Map.of("kind", "BUNDLE", "title", "Another jar", "description", "Tries out a swap", "change", Map.of());
        return new Swap(decider, author.propose(proposal, jar));
    }

    static Swap configuration(Api author, Api decider, String plug, String name, Map<String, String> values) {
        Map<String, Object> proposal = Map.of(
                "kind", "CONFIGURATION",
                "title", "Another setting",
                "description", "Tries out a swap",
                "change", Map.of("plug", plug, "name", name, "values", values));
        return new Swap(decider, author.send("POST", "/evolution/proposals", proposal));
    }

    static Path jar(String plug) throws IOException {
        return Node.home().resolve("plugs/" + plug + ".jar");
    }

    String path() {
        return path;
    }

    JsonNode ready() {
        return decider.awaitStatus(path, PATIENCE, "READY");
    }

    /** Checked, approved, and tried beside the old one. */
    Swap tried() {
        decider.approve(ready().path("approvalId").asText());
        decider.awaitStatus(path, PATIENCE, "CANARY");
        return this;
    }

    Swap promoted() {
        decider.post(path + "/promote", Map.of());
        decider.awaitStatus(path, PATIENCE, "COMPLETED");
        return this;
    }

    Swap aborted() {
        decider.post(path + "/abort", Map.of());
        decider.awaitStatus(path, PATIENCE, "ROLLED_BACK");
        return this;
    }

    Swap rolledBack() {
        decider.post(path + "/rollback", Map.of());
        decider.awaitStatus(path, PATIENCE, "ROLLED_BACK");
        return this;
    }
}
