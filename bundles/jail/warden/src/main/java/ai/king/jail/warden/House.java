/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.evolution.Jail.Resident;
import ai.king.jail.host.wire.Codec;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Line;
import ai.king.jail.warden.Cgroups.Weight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An agent that lives in the jail. Its host starts when it is woken or with the first call, ends when nothing was asked of it for a while
 * or its memory is needed, and starts again with the next call. When it dies, the calls open on it fail, retriably.
 */
final class House implements Resident, Agent {

    private static final String BUNDLE = "bundle.jar";
    private static final int LONGEST_FRAME = 8 << 20;

    private final Residence residence;
    private final Path bundle;
    private final Map<String, Object> configuration;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private volatile long idleSince = System.nanoTime();
    private boolean closed;

    /** @param bundle a file that belongs to this house */
    House(Residence residence, Path bundle, Map<String, Object> configuration, String name) {
        this.residence = residence;
        this.bundle = bundle;
        this.configuration = Map.copyOf(configuration);
        this.name = name;
    }

    @Override
    public Agent agent() {
        return this;
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Connection current;
        try {
            current = enter();
        } catch (Refused e) {
            return e.outcome();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted while the agent's host started", true);
        }
        try {
            return current.perform(task, context);
        } finally {
            leave(current);
        }
    }

    @Override
    public Optional<String> wake() {
        try {
            lock.lockInterruptibly();
            try {
                current(residence::spare, Weight.STARTS);
                idleSince = System.nanoTime();
            } finally {
                lock.unlock();
            }
            return Optional.empty();
        } catch (Refused e) {
            return e.retriable ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Connection enter() throws Refused, InterruptedException {
        lock.lockInterruptibly();
        try {
            Connection current = current(residence::admit, Weight.SERVES);
            current.hold();
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** The connection that takes calls now; the lock is held. */
    private Connection current(Admission admission, Weight weight) throws Refused, InterruptedException {
        if (closed) {
            throw new Refused("this agent is closed", true);
        }
        Connection current = connection;
        if (current == null || !current.open()) {
            // The old one, if any, is closed by the last call that is still on it.
            current = connect(admission, weight);
            connection = current;
        }
        return current;
    }

    private Connection connect(Admission admission, Weight weight) throws Refused, InterruptedException {
        if (!admission.given()) {
            throw new Refused("no memory for one more jailed agent", true);
        }
        Cell cell;
        try {
            cell = residence.cell(Map.of(BUNDLE, bundle), weight);
        } catch (IOException e) {
            residence.dismiss();
            throw new Refused("the agent's host does not start: " + e.getMessage(), true);
        }
        Line line = new Line(cell.output(), cell.input(), new Codec(Codec.FEW_TOKENS), LONGEST_FRAME);
        Connection started = new Connection(cell, line, residence::dismiss);
        boolean ready = false;
        try {
            String path = cell.plan().in().resolve(BUNDLE).toString();
            String unfit = started.start(new Frame.Serve(path, name, configuration));
            if (unfit != null) {
                throw new Refused("the agent cannot be had: " + unfit, false);
            }
            ready = true;
            cell.weigh(Weight.SERVES);
            return started;
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()), true);
        } finally {
            if (!ready) {
                started.close();
            }
        }
    }

    private void leave(Connection used) {
        lock.lock();
        try {
            idleSince = System.nanoTime();
            used.release();
        } finally {
            lock.unlock();
        }
    }

    /** When it was used last, as {@link System#nanoTime()} counts. */
    long idleSince() {
        return idleSince;
    }

    /** Ends the host when it has had nothing to do for so long; whether there was one to end. Never waits for a call. */
    boolean rest(Duration idle) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            Connection current = connection;
            if (current == null || current.held() || System.nanoTime() - idleSince < idle.toNanos()) {
                return false;
            }
            current.close();
            connection = null;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the host, its calls with it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } finally {
            lock.unlock();
        }
        residence.forget(this, bundle);
    }

    /** Why a call cannot even begin. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean retriable;

        Refused(String reason, boolean retriable) {
            super(reason);
            this.retriable = retriable;
        }

        Outcome outcome() {
            return new Outcome.Failed(String.valueOf(getMessage()), retriable);
        }
    }

    /** Memory for one host, or none. */
    private interface Admission {
        boolean given() throws InterruptedException;
    }

    /** What a house needs from the place it stands in. */
    interface Residence {

        /** Takes memory for one host, ending idle ones of others when there is too little; {@code dismiss} gives it back. */
        boolean admit() throws InterruptedException;

        /** The same for a host that nobody waits for: at once, and of others only what has not been used for some seconds. */
        boolean spare() throws InterruptedException;

        void dismiss();

        /** A new cell with a host in it, which counts so much until it is ready. */
        Cell cell(Map<String, Path> inputs, Weight weight) throws IOException;

        /** The house is closed for good; its bundle is not needed any more. */
        void forget(House house, Path bundle);
    }
}
