/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The shell over SSH: closed, but while {@code ./king shell} is used; for administrators with their key; a shell and nothing else. */
public class SecureShellIT {

    private static final String SLEEP = "shell:sleep 100";

    private static int port;
    private static Node node;

    @BeforeClass
    public static void start() throws IOException {
        for (String program : List.of("node", "ssh", "sftp", "scp", "ssh-keygen")) {
            assumeTrue("no " + program + " on the path", Checkout.onPath(program));
        }
        port = Node.freePort();
        node = Node.start(Map.of("KING_SSH_PORT", Integer.toString(port)));
    }

    @AfterClass
    public static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    public void isOpenOnThisMachineForTheKeyAndAsLongAsTheScriptUsesIt() throws Exception {
        assertThat(Sockets.listening(node.pid())).containsExactly(node.port());
        Process open = king("shell", SLEEP);
        awaitListening(Set.of(node.port(), port));
        for (InetAddress address : Sockets.others()) {
            assertThat(Sockets.reachable(address, port)).as("%s", address).isFalse();
        }
        String key = node.data().resolve("ssh/admin.key").toString();
        assertThat(said(ssh("ssh", "-p", key, "admin@127.0.0.1", "king:status")))
                .contains("release 1");
        refusesFilesAndOtherKeys(key);
        open.destroy();
        assertThat(open.waitFor(30, TimeUnit.SECONDS)).isTrue();
        awaitListening(Set.of(node.port()));
        closesBehindAScriptThatWasKilled();
    }

    private void closesBehindAScriptThatWasKilled() throws Exception {
        Process killed = king("shell", SLEEP);
        awaitListening(Set.of(node.port(), port));
        killed.destroyForcibly();
        awaitListening(Set.of(node.port()));
        Process next = king("shell", "king:status");
        assertThat(said(next)).contains("release 1");
        awaitListening(Set.of(node.port()));
    }

    private void refusesFilesAndOtherKeys(String key) throws Exception {
        Path jar = Files.createTempFile("king", ".jar");
        Process files = ssh("sftp", "-P", key, "admin@127.0.0.1");
        assertThat(said(files)).contains("subsystem request failed");
        assertThat(files.exitValue()).isNotZero();
        Path copied = jar.resolveSibling(jar.getFileName() + ".copied");
        Process copy = ssh("scp", "-P", key, "-O", jar.toString(), "admin@127.0.0.1:" + copied);
        said(copy);
        assertThat(copy.exitValue()).isNotZero();
        assertThat(copied).doesNotExist();
        Path other = Files.createTempDirectory("keys").resolve("other");
        said(started("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", other.toString()));
        assertThat(said(ssh("ssh", "-p", other.toString(), "admin@127.0.0.1", "king:status")))
                .contains("Permission denied");
        assertThat(said(started(
                        "ssh",
                        "-p",
                        Integer.toString(port),
                        "-v",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "PubkeyAuthentication=no",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "admin@127.0.0.1",
                        "x")))
                .containsPattern("(?m)Authentications that can continue: publickey\\s*$");
    }

    @Test
    public void aViewerDoesNotGetIn() throws Exception {
        Api.admin(node).post("/users", Map.of("name", "looker", "password", Node.PASSWORD, "roles", List.of("viewer")));
        Process refused = king("shell", "--user", "looker", "king:status");
        assertThat(said(refused)).contains("looker must be a user with the role admin");
        assertThat(refused.exitValue()).isEqualTo(1);
        awaitListening(Set.of(node.port()));
    }

    private static Process king(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                Path.of(System.getProperty("king.home"), "king").toRealPath().toString());
        command.addAll(List.of(words));
        return started(command.toArray(String[]::new));
    }

    /** A client of OpenSSH with a key, and nothing to type into it. */
    private static Process ssh(String program, String portOption, String key, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, portOption, Integer.toString(port), "-i", key));
        for (String option : List.of(
                "IdentitiesOnly=yes", "BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of(more));
        return started(command.toArray(String[]::new));
    }

    private static Process started(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KING_DATA", node.data().toString());
        builder.environment().put("KING_SSH_PORT", Integer.toString(port));
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text;
    }

    private static void awaitListening(Set<Integer> ports) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Sockets.listening(node.pid()).equals(ports)) {
            assertThat(System.nanoTime())
                    .as("listening on " + Sockets.listening(node.pid()) + ", not on " + ports)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
