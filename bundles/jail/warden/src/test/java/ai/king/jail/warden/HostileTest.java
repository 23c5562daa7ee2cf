/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Resident;
import ai.king.evolution.Jail.Trial;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile agents: nothing outside is reached, there is always an answer, and nothing is left running. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HostileTest {

    private static final Duration SHORT = Duration.ofSeconds(6);

    private final String strongest;

    private Path folder;
    private Path ground;
    private Path outside;
    private Path secret;
    private ServerSocket service;
    private Warden warden;
    private Path bundle;

    /** @param strongest the strongest tier the warden may use */
    HostileTest(String strongest) {
        this.strongest = strongest;
    }

    @BeforeAll
    void prepare() throws IOException {
        warden = Wardens.with(Map.of("strongest", strongest));
        assumeTrue(!warden.tier().equals("NONE"), () -> "no jail on this machine: " + warden.missing());
        ground = Files.createTempDirectory(Path.of("/tmp"), "hostile");
        Toolroom.readable(ground);
        folder = Files.createDirectory(ground.resolve("work"));
        secret = Files.writeString(ground.resolve("secret"), "secret");
        Toolroom.readable(secret);
        outside = Files.createDirectory(ground.resolve("outside"));
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(outside.resolve("victim"), "victim");
        service = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        service.setSoTimeout(1);
        bundle = Candidate.bundle(folder, Deeds.class, library());
    }

    @AfterAll
    void close() throws IOException {
        Leftovers.expectNoneAfter(warden::close);
        if (ground != null) {
            service.close();
            Folders.delete(ground);
        }
    }

    /** Native code, where it can be compiled. */
    private Map<String, byte[]> library() throws IOException {
        Optional<Path> compiler = Programs.find("cc");
        if (compiler.isEmpty()) {
            return Map.of();
        }
        Path source = folder.resolve("attack.c");
        try (InputStream in = Objects.requireNonNull(HostileTest.class.getResourceAsStream("/hostile/attack.c"))) {
            Files.copy(in, source);
        }
        Path library = folder.resolve("libattack.so");
        Process process = new ProcessBuilder(
                        compiler.get().toString(),
                        "-shared",
                        "-fPIC",
                        "-DSECRET=\"" + secret + "\"",
                        "-DOUTSIDE=\"" + outside + "\"",
                        "-DPORT=" + service.getLocalPort(),
                        "-o",
                        library.toString(),
                        source.toString())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return Map.of("libattack.so", Files.readAllBytes(library));
    }

    private Map<String, Object> doing(String deed) {
        return Map.of(
                "deed", deed,
                "secret", secret.toString(),
                "outside", outside.toString(),
                "port", service.getLocalPort(),
                "pid", ProcessHandle.current().pid());
    }

    Outcome call(String deed) throws IOException {
        try (Resident resident = warden.house(bundle, doing(deed), "test")) {
            Outcome outcome = resident.agent()
                    .perform(new Task("step-1", "", "be good", Map.of(), Map.of(), List.of()), new FakeContext());
            nothingReached();
            return outcome;
        }
    }

    private Trial judged(Path candidate, String deed) throws IOException {
        Trial trial = warden.test(candidate, Optional.empty(), doing(deed), SHORT);
        nothingReached();
        assertThat(Leftovers.processes()).isEmpty();
        assertThat(trial.findings()).hasSize(2);
        return trial;
    }

    private void nothingReached() throws IOException {
        assertThat(Files.readString(secret)).isEqualTo("secret");
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("victim"));
        }
        assertThat(Path.of("/tmp/escaped-from-jail")).doesNotExist();
        assertThat(Path.of("/dev/shm/escaped-from-jail")).doesNotExist();
        try {
            service.accept().close();
            throw new AssertionError("the service was reached");
        } catch (SocketTimeoutException e) {
            assertThat(ProcessHandle.current().isAlive()).isTrue();
        }
    }

    /** The call is answered, either with nothing reached or, when the agent's host did not survive, as a failure. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "files",
                "processes",
                "network",
                "execute",
                "threads",
                "disk",
                "heap",
                "direct memory",
                "exit",
                "halt",
                "signals",
                "links",
                "print",
                "print raw",
                "print errors raw",
                "fake report",
                "reflection",
                "recursion",
                "stop the world",
                "foreign questions"
            })
    void reachesNothing(String deed) throws IOException {
        Outcome outcome = call(deed);
        if (outcome instanceof Outcome.Done done) {
            assertThat(done.data()).isEqualTo(Map.of("reached", List.of()));
        } else {
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void nativeCodeReachesNothing() throws IOException {
        assumeTrue(Programs.find("cc").isPresent(), "no C compiler on this machine");
        boolean loadable = Runtime.version().feature() < JavaCommand.CAN_REFUSE_NATIVE;
        assertThat(call("native")).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.data())
                .isEqualTo(Map.of("reached", loadable ? List.of("ran") : List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit",
                "halt",
                "spin",
                "heap",
                "print raw",
                "print errors raw",
                "fake report",
                "foreign questions",
                "recursion",
                "disk"
            })
    void neverGetsAPass(String deed) throws IOException {
        if (deed.equals("disk")) {
            // Filling its own folder is refused, which is no fault; the report still comes.
            assertThat(judged(bundle, deed).findings()).isNotEmpty();
            return;
        }
        assertThat(judged(bundle, deed).findings()).allMatch(finding -> finding.verdict() == Verdict.FAIL);
    }

    @Test
    void aHangingInitializerFails() throws IOException {
        Path hanging = Candidate.bundle(folder, Hang.class, Map.of());
        assertThat(judged(hanging, "").findings()).allMatch(finding -> finding.verdict() == Verdict.FAIL);
    }

    @Test
    void noTestAtAllFails() throws IOException {
        Path good = Candidate.bundle(folder, SmallAgent.class, Map.of());
        Trial trial = warden.test(
                good, Optional.of(Candidate.tests(folder, Silent.class)), new HashMap<>(), Duration.ofSeconds(60));
        assertThat(trial.findings())
                .extracting(finding -> finding.verdict())
                .containsExactly(Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void aFileThatIsNoBundleFails() throws IOException {
        Path rubbish = Files.writeString(folder.resolve("rubbish.jar"), "not a jar");
        assertThat(judged(rubbish, "").findings()).allMatch(finding -> finding.verdict() == Verdict.FAIL);
    }
}
