/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One jailed program: its process, its folder, its group. Closing it leaves nothing of it. */
final class Cell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cell.class);

    private static final long DEATH_SECONDS = 5;
    private static final int KEPT_TEXT = 8192;

    /**
     * Where a program is to run.
     *
     * @param root the cell's folder
     * @param uid the user it runs as; 0: as the platform's
     * @param groups the doors of its groups
     */
    record Plan(Path root, long uid, List<Path> groups, Limits limits) {

        /** What it is given to read. */
        Path in() {
            return root.resolve("in");
        }

        /** What it may change. */
        Path own() {
            return root.resolve("own");
        }
    }

    private final Plan plan;
    private final Cgroups.Group group;
    private final Process process;
    private final boolean endsWhenLoud;
    private final StringBuilder printed = new StringBuilder();
    private final Thread drain;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String ending = "";

    /** @param endsWhenLoud whether printing more than the limit ends the program; otherwise the rest is dropped */
    Cell(Plan plan, Cgroups.Group group, Process process, boolean endsWhenLoud) {
        this.plan = plan;
        this.group = group;
        this.process = process;
        this.endsWhenLoud = endsWhenLoud;
        drain = new Thread(this::drain, "king-jail-drain-" + process.pid());
        drain.setDaemon(true);
        drain.start();
    }

    Plan plan() {
        return plan;
    }

    /** What the program writes as its standard output: frames. */
    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** Changes what it counts when processor time is short. */
    void weigh(Cgroups.Weight weight) {
        group.weigh(weight);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Why the warden ended it, what its process ended with, and the last it printed. */
    String epitaph() {
        String status = process.isAlive() ? "still running" : "exit status " + process.exitValue();
        String why = ending.isEmpty() ? status : ending;
        synchronized (printed) {
            return printed.isEmpty() ? why : why + "; printed: " + printed;
        }
    }

    /** Ends it; {@code why} is for people. The first reason is kept. */
    void end(String why) {
        if (ending.isEmpty()) {
            ending = why;
        }
        process.destroyForcibly();
    }

    /** Ends it when its folder on disk holds more than it may. */
    void checkDisk() {
        try {
            long most = (long) plan.limits().diskMiB() << 20;
            if (process.isAlive() && Folders.size(plan.own(), most) > most) {
                end("more than " + plan.limits().diskMiB() + " MiB in its folder");
            }
        } catch (IOException e) {
            end("its folder cannot be measured: " + e.getMessage());
        }
    }

    private void drain() {
        byte[] buffer = new byte[8192];
        long all = 0;
        try (InputStream errors = process.getErrorStream()) {
            for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
                all += read;
                keep(new String(buffer, 0, read, StandardCharsets.UTF_8));
                if (endsWhenLoud && all > plan.limits().outputBytes()) {
                    end("it printed more than " + plan.limits().outputBytes() + " bytes");
                    return;
                }
            }
        } catch (IOException e) {
            // The stream of an ended process; there is nothing more to keep.
            keep("");
        }
    }

    private void keep(String text) {
        synchronized (printed) {
            printed.append(text, 0, Math.min(text.length(), Math.max(0, KEPT_TEXT - printed.length())));
        }
    }

    /** Ends the program and everything it started, waits until it is gone, and removes its folder. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        end("closed");
        try {
            awaitGone();
            group.remove();
            Folders.delete(plan.root());
        } catch (IOException e) {
            LOG.warn("a jail was not removed completely: {}", e.toString());
        }
    }

    /** A pipe ends when the last process that holds it is gone: also one that the program would have left behind. */
    private void awaitGone() throws IOException {
        boolean interrupted = false;
        try {
            process.getOutputStream().close();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEATH_SECONDS);
            while (drain.isAlive() || process.isAlive() || !group.members().isEmpty()) {
                try {
                    drain.join(10);
                    process.waitFor(10, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "process " + process.pid() + " is still there " + DEATH_SECONDS + " s after its end");
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
