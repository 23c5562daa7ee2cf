/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.jail.host.wire.Codec;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Line;
import ai.king.jail.warden.Confinement.Tier;
import ai.king.jail.warden.Confinement.User;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hostile agents without a jail: what they try does succeed, so that a refusal means something. */
final class ControlTest {

    private static final Confinement BARE = new Confinement(Tier.T1, User.PLATFORM, (plan, program) -> program);

    @TempDir
    private Path folder;

    private Outcome unconfined(String deed) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "victim");
        Path bundle = Candidate.bundle(folder, Deeds.class, Map.of());
        Toolroom tools = Toolroom.open(folder);
        try (ServerSocket service = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Cells cells = new Cells(tools, Runtimes.own(), Cgroups.find());
                Cell cell = cells.open(
                        BARE,
                        Limits.STANDARD,
                        new Cells.Order(
                                Map.of("bundle.jar", bundle),
                                List.of(),
                                "ai.king.jail.host.Host",
                                List.of(tools.home().toString()),
                                false));
                Connection connection = new Connection(
                        cell, new Line(cell.output(), cell.input(), new Codec(Codec.FEW_TOKENS), 1 << 20), () -> {})) {
            Map<String, Object> configuration = Map.of(
                    "deed",
                    deed,
                    "secret",
                    secret.toString(),
                    "outside",
                    outside.toString(),
                    "port",
                    service.getLocalPort());
            Path inside = cell.plan().in().resolve("bundle.jar");
            assertThat(connection.start(new Frame.Serve(inside.toString(), "test", configuration)))
                    .isNull();
            return connection.perform(new Task("1", "", "", Map.of(), Map.of(), List.of()), new FakeContext());
        } finally {
            clean(tools);
        }
    }

    private static void clean(Toolroom tools) throws IOException {
        tools.close();
        Files.deleteIfExists(Path.of("/tmp/escaped-from-jail"));
        Files.deleteIfExists(Path.of("/dev/shm/escaped-from-jail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "network", "execute", "links"})
    void reachesWhatItTries(String deed) throws Exception {
        assertThat(unconfined(deed)).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(
                        (List<?>) done.data().get("reached"))
                .isNotEmpty());
    }
}
