/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;

/** The distribution as it was built, on a JDK that has no security manager any more: all but the SSH shell works. */
public class NewerJdkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int LEAST = 24;

    @Test
    public void theSampleIsPlannedAndDecidedAndAnAgentSwapped() throws IOException {
        Optional<Path> jdk = newer();
        assumeTrue("no JDK " + LEAST + " or newer in /usr/lib/jvm", jdk.isPresent());
        try (Node node = Node.start(Map.of("JAVA_HOME", jdk.get().toString()))) {
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + node.pid() + "/exe")))
                    .isEqualTo(jdk.get().toRealPath().resolve("bin/java"));
            Api admin = Api.admin(node);
            String business = Sample.into(admin);
            String path = "/goals/"
                    + admin.post("/goals", Map.of("text", Sample.goal(), "businessId", business))
                            .path("id")
                            .asText();
            admin.awaitStatus(path, PATIENCE, "WAITING_APPROVAL");
            admin.approve(admin.get("/approvals?status=PENDING")
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText());
            JsonNode done = admin.awaitStatus(path, PATIENCE, "COMPLETED");
            assertThat(done.path("report").path("sections")).isNotEmpty();
            admin.post("/users", Map.of("name", "bea", "password", "second-Password-2", "roles", List.of("developer")));
            Swap.bundle(new Api(node, "bea", "second-Password-2"), admin, "ai.king.agent.echo", "9.1.0", xml -> xml)
                    .tried()
                    .promoted();
            assertThat(admin.get("/system").path("jail").path("tier").asText()).startsWith("T");
            assertThat(Files.readAllLines(node.log())).noneMatch(line -> line.contains("| ERROR |"));
        }
    }

    private static Optional<Path> newer() throws IOException {
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(installed)) {
            return folders.filter(folder -> version(folder) >= LEAST).findFirst();
        }
    }

    /** The feature version that a JDK's {@code release} file names; 0 for what is none. */
    private static int version(Path folder) {
        Path release = folder.resolve("release");
        return !Files.isExecutable(folder.resolve("bin/javac")) || !Files.isRegularFile(release)
                ? 0
                : Bundles.text(release)
                        .lines()
                        .filter(line -> line.startsWith("JAVA_VERSION=\""))
                        .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
                        .mapToInt(Integer::parseInt)
                        .findFirst()
                        .orElse(0);
    }
}
