/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What jails of this process left behind. */
final class Leftovers {

    private static final String MARK = "king-jail-" + ProcessHandle.current().pid() + "-";

    private Leftovers() {}

    static void expectNoneAfter(Runnable end) throws IOException {
        end.run();
        assertThat(processes()).isEmpty();
        assertThat(groups(MARK)).isEmpty();
        assertThat(folders(MARK)).isEmpty();
    }

    static List<Path> folders(String mark) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/tmp"))) {
            return entries.filter(entry -> entry.toString().contains(mark)).toList();
        }
    }

    /** Command lines that name a folder of a jail of this process. */
    static List<String> processes() throws IOException {
        return processes(MARK);
    }

    static List<String> processes(String mark) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(Leftovers::commandLine)
                    .filter(line -> line.contains(mark))
                    .toList();
        }
    }

    static List<Path> groups(String mark) throws IOException {
        if (!Files.isDirectory(Path.of("/sys/fs/cgroup"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(Path.of("/sys/fs/cgroup"), 8, (path, attributes) -> path.getFileName()
                .toString()
                .contains(mark))) {
            return all.toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Ended since it was listed.
            return "";
        }
    }
}
