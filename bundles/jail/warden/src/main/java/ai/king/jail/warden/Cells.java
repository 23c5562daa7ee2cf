/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.jail.warden.Cgroups.Weight;
import ai.king.jail.warden.Confinement.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Makes cells. */
final class Cells implements AutoCloseable {

    private static final Path NICE = Path.of("/usr/bin/nice");

    /** Numbers no machine gives to people. */
    private static final int FIRST_UID = 0x40000000;

    private final Toolroom tools;
    private final Runtimes runtime;
    private final Cgroups groups;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();
    private final Set<Cell> open = ConcurrentHashMap.newKeySet();

    /**
     * A jailed program dies with the thread that started it, because the kernel's death signal goes by threads: so this
     * one thread starts all, and lives as long as the warden.
     */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "king-jail-starter");
        thread.setDaemon(true);
        return thread;
    });

    Cells(Toolroom tools, Runtimes runtime, Cgroups groups) {
        this.tools = tools;
        this.runtime = runtime;
        this.groups = groups;
    }

    /**
     * What a program in a cell is given, and what it is.
     *
     * @param use what it is for, and so which parts of Java it sees
     * @param weight what it counts when processor time is short
     */
    record Order(
            Map<String, Path> inputs,
            List<String> flags,
            String main,
            List<String> arguments,
            boolean endsWhenLoud,
            JavaCommand.Use use,
            Weight weight) {

        Order(Map<String, Path> inputs, List<String> flags, String main, List<String> arguments, boolean endsWhenLoud) {
            this(inputs, flags, main, arguments, endsWhenLoud, JavaCommand.Use.AGENT, Weight.SERVES);
        }
    }

    /** Starts a Java program of the host in a new cell. */
    Cell open(Confinement confinement, Limits limits, Order order) throws IOException {
        Cgroups.Group group =
                confinement.tier() == Confinement.Tier.T3 ? groups.make(limits, order.weight()) : Cgroups.Group.none();
        long uid = confinement.user() == User.OWN_NUMBER ? FIRST_UID + random.nextInt(FIRST_UID - 1) : 0;
        Cell.Plan plan =
                new Cell.Plan(tools.cells().resolve(Long.toString(last.incrementAndGet())), uid, group.doors(), limits);
        try {
            furnish(plan, order.inputs());
            Process process = start(command(confinement, plan, order));
            Cell cell = new Cell(plan, group, process, order.endsWhenLoud());
            open.add(cell);
            return cell;
        } catch (IOException e) {
            group.remove();
            Folders.delete(plan.root());
            throw e;
        }
    }

    private List<String> command(Confinement confinement, Cell.Plan plan, Order order) throws IOException {
        List<String> command = confinement.command(plan, java(plan.limits(), order));
        if (!plan.groups().isEmpty() || order.weight() != Weight.CHECKS || !Files.isExecutable(NICE)) {
            return command;
        }
        // Where there are no groups this is all that keeps a check from slowing what serves.
        List<String> nice = new ArrayList<>(List.of(NICE.toString(), "-n", "5"));
        nice.addAll(command);
        return nice;
    }

    private List<String> java(Limits limits, Order order) throws IOException {
        List<String> command = JavaCommand.of(runtime.java(), limits, order.flags(), order.use());
        command.addAll(List.of(
                "-cp",
                tools.classPath(order.use() == JavaCommand.Use.BUILD ? List.of("lib", "build") : List.of("lib")),
                order.main()));
        command.addAll(order.arguments());
        return command;
    }

    private static void furnish(Cell.Plan plan, Map<String, Path> inputs) throws IOException {
        Files.createDirectory(plan.root());
        Files.createDirectory(plan.own());
        Toolroom.readable(Files.createDirectory(plan.in()));
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            Path copy = plan.in().resolve(input.getKey());
            Files.copy(input.getValue(), copy);
            Toolroom.readable(copy);
        }
        for (Path folder : List.of(plan.own(), plan.root())) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            if (plan.uid() > 0) {
                Files.setAttribute(folder, "unix:uid", (int) plan.uid());
                Files.setAttribute(folder, "unix:gid", (int) plan.uid());
            }
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        Future<Process> started = starter.submit(builder::start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException("a jail does not start: " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends programs that filled their folders; called again and again. */
    void checkDisks() {
        open.removeIf(cell -> !cell.alive());
        open.forEach(Cell::checkDisk);
    }

    /** Ends all. */
    @Override
    public void close() {
        open.forEach(Cell::close);
        starter.shutdownNow();
    }
}
