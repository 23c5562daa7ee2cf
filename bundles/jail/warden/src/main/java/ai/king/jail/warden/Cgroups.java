/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups this process may make groups in: one folder for each controller (version 1), or one for all
 * (version 2). Empty where they are not delegated.
 */
final class Cgroups {

    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");
    private static final String PREFIX = "king-jail-";
    private static final int PERIOD_MICROS = 100_000;
    /** What the first version of groups counts for one process outside of them. */
    private static final int ONE_PROCESS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);

    private final List<Path> parents;
    private final AtomicLong last = new AtomicLong();

    private Cgroups(List<Path> parents) {
        this.parents = parents;
    }

    /** Finds where groups can be made: it tries. */
    static Cgroups find() {
        List<Path> parents = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (CONTROLLERS.contains(parts[1])) {
                    parents.add(MOUNT.resolve(parts[1]).resolve(parts[2].substring(1)));
                }
            }
            List<Path> found = parents.size() == CONTROLLERS.size() && usable(parents) ? parents : second();
            sweep(found);
            return new Cgroups(found);
        } catch (IOException e) {
            // Not delegated: the tier that needs them is not there, which the tier says.
            return new Cgroups(List.of());
        }
    }

    /** Removes the groups of wardens that were killed; their programs died with them. */
    private static void sweep(List<Path> parents) throws IOException {
        for (Path parent : parents) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
                for (Path group : left) {
                    String pid = group.getFileName().toString().split("-")[2];
                    if (pid.matches("\\d{1,10}")
                            && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                        Files.deleteIfExists(group);
                    }
                }
            }
        }
    }

    private static List<Path> second() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            if (line.startsWith("0::")) {
                Path own = MOUNT.resolve(line.substring(4));
                for (Path parent : own.equals(MOUNT) ? List.of(own) : List.of(own, own.resolveSibling(""))) {
                    if (hands(parent) && usable(List.of(parent))) {
                        return List.of(parent);
                    }
                }
            }
        }
        return List.of();
    }

    /** Whether groups below have the controllers, switched on when that is allowed. */
    private static boolean hands(Path parent) throws IOException {
        Path control = parent.resolve("cgroup.subtree_control");
        if (!Files.isReadable(control)) {
            return false;
        }
        try {
            Files.writeString(control, "+memory +pids +cpu");
        } catch (IOException e) {
            // Refused where the group has processes of its own; what counts is what is on.
            return List.of(Files.readString(control).trim().split("\\s+")).containsAll(CONTROLLERS);
        }
        return List.of(Files.readString(control).trim().split("\\s+")).containsAll(CONTROLLERS);
    }

    private static boolean usable(List<Path> parents) {
        try {
            Cgroups groups = new Cgroups(parents);
            Group group = groups.make(Limits.STANDARD, Weight.SERVES);
            group.remove();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean there() {
        return !parents.isEmpty();
    }

    /** A new group with these limits and this say in who gets the processors when they are short. */
    Group make(Limits limits, Weight weight) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + last.incrementAndGet();
        List<Path> made = new ArrayList<>();
        Group group = new Group(made);
        try {
            for (Path parent : parents) {
                made.add(Files.createDirectory(parent.resolve(name)));
            }
            // bubblewrap adds two processes to the program's threads.
            Map<String, String> settings = Map.of(
                    "memory.limit_in_bytes", Long.toString((long) limits.memoryMiB() << 20),
                    "memory.max", Long.toString((long) limits.memoryMiB() << 20),
                    "memory.swap.max", "0",
                    "pids.max", Integer.toString(limits.threads() + 4),
                    "cpu.cfs_quota_us", Integer.toString(PERIOD_MICROS),
                    "cpu.max", PERIOD_MICROS + " " + PERIOD_MICROS);
            int set = 0;
            for (Path folder : made) {
                for (Map.Entry<String, String> setting : settings.entrySet()) {
                    Path file = folder.resolve(setting.getKey());
                    if (Files.exists(file)) {
                        Files.writeString(file, setting.getValue());
                        set++;
                    }
                }
            }
            if (set < CONTROLLERS.size()) {
                throw new IOException("only " + set + " limits in " + made);
            }
            group.weigh(weight);
            return group;
        } catch (IOException e) {
            group.remove();
            throw e;
        }
    }

    /** How much a program counts when there is less processor time than all want; alone each has all it may have. */
    enum Weight {
        /** Calls wait for it. */
        SERVES(100),
        /** Something else serves until it is there. */
        STARTS(50),
        /** Nobody waits for its answer by the millisecond; less, and what has its deadline in there would miss it on a busy machine. */
        CHECKS(25);

        private final int percent;

        Weight(int percent) {
            this.percent = percent;
        }
    }

    /** The group of one program. */
    record Group(List<Path> folders) {

        static Group none() {
            return new Group(List.of());
        }

        /** The files through which a process joins. */
        List<Path> doors() {
            return folders.stream()
                    .map(folder -> folder.resolve("cgroup.procs"))
                    .toList();
        }

        /** Changes its say; a kernel that refuses leaves it as it was, which slows others and lets nobody out. */
        void weigh(Weight weight) {
            write("cpu.shares", ONE_PROCESS * weight.percent / 100);
            write("cpu.weight", weight.percent);
        }

        private void write(String name, int value) {
            for (Path folder : folders) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    try {
                        Files.writeString(file, Integer.toString(value));
                    } catch (IOException e) {
                        LOG.debug("{} was not set: {}", file, e.toString());
                    }
                }
            }
        }

        /** The processes that are in it, empty when all are gone. */
        List<String> members() throws IOException {
            return folders.isEmpty() ? List.of() : Files.readAllLines(doors().get(0));
        }

        /** Works when nobody is in it any more. */
        void remove() throws IOException {
            for (Path folder : folders) {
                Files.deleteIfExists(folder);
            }
        }
    }
}
