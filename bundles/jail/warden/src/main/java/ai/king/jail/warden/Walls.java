/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.jail.warden.Confinement.Tier;
import ai.king.jail.warden.Confinement.User;
import ai.king.jail.warden.Confinement.Wall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The confinements that the programs on this machine could make; whether they hold is for {@link Inspection} to say. */
final class Walls {

    private static final List<Path> DEVICES =
            List.of(Path.of("/dev/null"), Path.of("/dev/random"), Path.of("/dev/urandom"));

    private static final String ENV = "/usr/bin/env";
    private static final String PRLIMIT = "/usr/bin/prlimit";

    private final Toolroom tools;
    private final Runtimes runtime;
    private final Optional<Path> launcher;
    private final Optional<Path> bubblewrap;

    Walls(Toolroom tools, Runtimes runtime, Optional<Path> launcher, Optional<Path> bubblewrap) {
        this.tools = tools;
        this.runtime = runtime;
        this.launcher = launcher;
        this.bubblewrap = bubblewrap;
    }

    /** With everything this machine has. */
    static Walls of(Toolroom tools, Runtimes runtime) {
        return new Walls(tools, runtime, tools.launcher(), Programs.find("bwrap"));
    }

    /** Strongest first. */
    List<Confinement> candidates(boolean root, boolean groups) {
        List<Confinement> all = new ArrayList<>();
        if (tools.filter().isEmpty()) {
            return all;
        }
        for (User user : root ? List.of(User.OWN_NUMBER, User.PLATFORM) : List.of(User.PLATFORM)) {
            bubblewrap.ifPresent(bwrap -> {
                Wall wall = launcher.map(program -> both(program, bwrap)).orElseGet(() -> alone(bwrap));
                if (groups && launcher.isPresent()) {
                    all.add(new Confinement(Tier.T3, user, wall));
                }
                all.add(new Confinement(Tier.T2, user, wall));
            });
            launcher.ifPresent(program -> all.add(new Confinement(Tier.T1, user, inner(program))));
        }
        // Stable: the strongest tier first, whichever user it takes.
        all.sort((left, right) -> right.tier().compareTo(left.tier()));
        return all;
    }

    /** The launcher by itself. */
    private Wall inner(Path launcher) {
        return (plan, program) -> {
            List<String> command = prepared(launcher, plan.groups(), plan.uid(), limits(plan.limits()));
            command.addAll(List.of("--limit", threads(plan.limits())));
            confined(command, plan, program);
            return command;
        };
    }

    /** The launcher gives up user, limits and environment, bubblewrap makes the namespaces, the launcher does the rest inside. */
    private Wall both(Path launcher, Path bwrap) {
        return (plan, program) -> {
            List<String> command = prepared(launcher, plan.groups(), plan.uid(), limits(plan.limits()));
            command.addAll(List.of("--outer", "--"));
            namespaces(command, bwrap, plan);
            command.addAll(List.of("--ro-bind", launcher.toString(), launcher.toString()));
            command.addAll(List.of("--ro-bind", filter(), filter(), "--remount-ro", "/", "--"));
            // Tasks are limited inside, where only the jail's own count.
            command.addAll(prepared(launcher, List.of(), 0, List.of(threads(plan.limits()))));
            command.add("--walled");
            confined(command, plan, program);
            return command;
        };
    }

    /** Without a compiler: bubblewrap with the same filter, limits by the machine's own tools. */
    private Wall alone(Path bwrap) {
        return (plan, java) -> {
            List<String> command = new ArrayList<>();
            if (plan.uid() > 0) {
                String uid = Long.toString(plan.uid());
                command.addAll(List.of(
                        "/usr/bin/setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs", "--"));
            }
            command.addAll(List.of("/bin/sh", "-c", "exec 3<\"$0\" && exec \"$@\"", filter()));
            namespaces(command, bwrap, plan);
            for (String program : List.of(ENV, PRLIMIT)) {
                command.addAll(List.of("--ro-bind", program, program));
            }
            // bubblewrap leaves a variable behind, which env takes away.
            command.addAll(List.of("--remount-ro", "/", "--seccomp", "3", "--", ENV, "-i", PRLIMIT));
            limits(plan.limits()).forEach(limit -> command.add("--" + limit));
            command.addAll(List.of("--" + threads(plan.limits()), "--"));
            command.addAll(java);
            return command;
        };
    }

    private static List<String> limits(Limits limits) {
        return List.of(
                "as=" + ((long) limits.addressMiB() << 20),
                "fsize=" + ((long) limits.diskMiB() << 20),
                "nofile=" + limits.files(),
                "core=0",
                "memlock=0");
    }

    private static String threads(Limits limits) {
        return "nproc=" + limits.threads();
    }

    private static List<String> prepared(Path launcher, List<Path> groups, long uid, List<String> limits) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        groups.forEach(group -> command.addAll(List.of("--cgroup", group.toString())));
        if (uid > 0) {
            command.addAll(List.of("--uid", Long.toString(uid)));
        }
        limits.forEach(limit -> command.addAll(List.of("--limit", limit)));
        command.add("--one-cpu");
        return command;
    }

    private void confined(List<String> command, Cell.Plan plan, List<String> program) {
        readable(plan).forEach(path -> command.addAll(List.of("--read", path.toString())));
        command.addAll(
                List.of("--write", plan.own().toString(), "--chdir", plan.own().toString()));
        command.addAll(List.of("--filter", filter(), "--"));
        command.addAll(program);
    }

    private void namespaces(List<String> command, Path bwrap, Cell.Plan plan) {
        command.addAll(List.of(bwrap.toString(), "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net"));
        command.addAll(List.of("--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session"));
        command.addAll(List.of("--cap-drop", "ALL"));
        for (Path path : readable(plan)) {
            String option = DEVICES.contains(path) ? "--dev-bind" : "--ro-bind";
            command.addAll(List.of(option, path.toString(), path.toString()));
        }
        runtime.links().forEach((link, target) -> command.addAll(List.of("--symlink", target, link)));
        // No /proc at all; a program finds itself through this name, and its libraries from there.
        command.addAll(List.of("--symlink", runtime.java().toString(), "/proc/self/exe"));
        if (plan.groups().isEmpty()) {
            // On disk, where its size and the number of its files are watched.
            command.addAll(List.of("--bind", plan.own().toString(), plan.own().toString()));
        } else {
            // In memory, all of which the group counts.
            String disk = Long.toString((long) plan.limits().diskMiB() << 20);
            command.addAll(List.of("--size", disk, "--tmpfs", plan.own().toString()));
        }
        command.addAll(List.of("--chdir", plan.own().toString()));
    }

    /** The JDK, what the C library loads, the host, the candidate, and three devices. */
    private List<Path> readable(Cell.Plan plan) {
        List<Path> paths = new ArrayList<>(runtime.files());
        paths.add(tools.home());
        paths.add(plan.in());
        DEVICES.stream().filter(Files::exists).forEach(paths::add);
        return paths;
    }

    private String filter() {
        return tools.filter().orElseThrow().toString();
    }
}
