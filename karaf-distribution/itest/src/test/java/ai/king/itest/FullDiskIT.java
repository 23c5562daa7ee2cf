/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The disk of a node runs full while it works, and has room again. */
public class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> ECHO = Map.of("task", "hello", "input", Map.of());

    private Path disk;
    private Node node;

    @Before
    public void mountASmallDisk() throws IOException, InterruptedException {
        disk = Node.freshData();
        assumeTrue(
                "no file system can be mounted here",
                ended("mount", "-t", "tmpfs", "-o", "size=400m", "king", disk.toString()));
    }

    @After
    public void unmount() throws IOException, InterruptedException {
        if (node != null) {
            node.close();
        }
        ended("umount", disk.toString());
    }

    @Test
    public void saysSoAndGoesOnByItselfWithAllThatItHadAcknowledged() throws IOException {
        node = Node.start(Files.createDirectory(disk.resolve("data")), Map.of());
        Api admin = Api.admin(node);
        String before = admin.post("/agents/echo/tasks", ECHO).path("goalId").asText();
        assertThat(before).isNotEmpty();
        Path ballast = fill();

        HttpResponse<String> full = awaitAnswer(admin, 503);
        assertThat(full.body()).contains("No space left on device").doesNotContain("\tat ");
        Files.delete(ballast);
        assertThat(awaitAnswer(admin, 200).body()).contains("echo: hello");
        assertThat(admin.get("/goals/" + before).path("status").asText()).isEqualTo("COMPLETED");
        admin.await("/audit/verify", PATIENCE, chain -> chain.path("unsealed").asLong() == 0);
        assertThat(admin.get("/audit/verify").path("firstBroken").asText("null"))
                .isEqualTo("null");
        assertThat(Files.readAllLines(node.log()))
                .as("a database that is away is no reason to fill the rest of a disk")
                .hasSizeLessThan(3000);
    }

    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    /** Asks echo until the status is this one. */
    private static HttpResponse<String> awaitAnswer(Api api, int status) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer = api.send("POST", "/agents/echo/tasks", ECHO);
        while (answer.statusCode() != status) {
            assertThat(System.nanoTime())
                    .as("still %d %s", answer.statusCode(), answer.body())
                    .isLessThan(end);
            answer = api.send("POST", "/agents/echo/tasks", ECHO);
        }
        return answer;
    }

    private static boolean ended(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
