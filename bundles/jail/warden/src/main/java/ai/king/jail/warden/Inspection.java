/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.jail.warden.Confinement.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a confinement holds: runs the host's {@code Probe} in it and looks from outside, too. A confinement
 * counts only when everything was really tried and really refused.
 */
final class Inspection {

    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    private static final String PROBE = "ai.king.jail.host.Probe";
    private static final List<String> ATTEMPTS =
            List.of("read", "write", "connect", "execute", "environment", "memory", "threads");
    private static final long PATIENCE_SECONDS = 30;
    private static final int LONGEST_REPORT = 1 << 16;

    private final Cells cells;
    private final Path room;

    /** @param room a folder that everybody may pass through */
    Inspection(Cells cells, Path room) {
        this.cells = cells;
        this.room = room;
    }

    /** The first of the candidates that holds. */
    Optional<Confinement> strongest(List<Confinement> candidates) {
        for (Confinement candidate : candidates) {
            Optional<String> hole = hole(candidate);
            if (hole.isEmpty()) {
                return Optional.of(candidate);
            }
            LOG.debug("{} as {} does not hold: {}", candidate.tier(), candidate.user(), hole.get());
        }
        return Optional.empty();
    }

    /** The first thing that was not refused, or that failed otherwise; empty when the confinement holds. */
    Optional<String> hole(Confinement confinement) {
        try {
            Path ground = Files.createTempDirectory(room, "probe");
            try {
                Optional<String> hole = tried(confinement, ground);
                return hole.isPresent() || confinement.tier() != Tier.T3 ? hole : memoryHole(confinement);
            } finally {
                Folders.delete(ground);
            }
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> tried(Confinement confinement, Path ground) throws IOException {
        Path secret = Files.writeString(ground.resolve("secret"), "secret");
        Path outside = Files.createDirectory(ground.resolve("outside"));
        Toolroom.readable(ground);
        Toolroom.readable(secret);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServerSocket service = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            service.setSoTimeout(1);
            Cells.Order order = new Cells.Order(
                    Map.of(),
                    List.of(),
                    PROBE,
                    List.of(secret.toString(), outside.toString(), Integer.toString(service.getLocalPort())),
                    false);
            String report = report(confinement, Limits.STANDARD, order);
            if (arrived(service)) {
                return Optional.of("a service on this machine was reached");
            }
            try (Stream<Path> escaped = Files.list(outside)) {
                return escaped.findAny().isPresent() ? Optional.of("a file was written outside") : verdict(report);
            }
        }
    }

    private static boolean arrived(ServerSocket service) {
        try {
            service.accept().close();
            return true;
        } catch (IOException e) {
            // Nobody waits at the door.
            return false;
        }
    }

    static Optional<String> verdict(String report) {
        List<String> lines = report.lines().toList();
        if (!lines.contains("works true") || !lines.contains("end")) {
            return Optional.of("the probe did not run to its end: " + report.strip());
        }
        return ATTEMPTS.stream()
                .filter(attempt -> lines.stream().noneMatch(line -> line.startsWith(attempt + " refused")))
                .map(attempt -> attempt + " was not refused")
                .findFirst();
    }

    /** The group must end a program that takes more memory than it may, although heap and addresses would allow it. */
    private Optional<String> memoryHole(Confinement confinement) throws IOException {
        Limits standard = Limits.STANDARD;
        Limits narrow = new Limits(
                standard.heapMiB(),
                160,
                standard.addressMiB(),
                standard.diskMiB(),
                standard.threads(),
                standard.files(),
                0);
        String report = report(
                confinement, narrow, new Cells.Order(Map.of(), List.of("-Xms16m"), PROBE, List.of("hog"), false));
        return report.contains("taking") && !report.contains("memory REACHED")
                ? Optional.empty()
                : Optional.of("the group does not limit memory: " + report.strip());
    }

    private String report(Confinement confinement, Limits limits, Cells.Order order) throws IOException {
        try (Cell cell = cells.open(confinement, limits, order)) {
            CompletableFuture<byte[]> output = new CompletableFuture<>();
            output.completeAsync(() -> read(cell));
            byte[] report = output.completeOnTimeout(new byte[0], PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            return report.length > 0 ? new String(report, StandardCharsets.UTF_8) : cell.epitaph();
        }
    }

    private static byte[] read(Cell cell) {
        try {
            return cell.output().readNBytes(LONGEST_REPORT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
