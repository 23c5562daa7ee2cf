/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Frame.Question;
import ai.king.jail.host.wire.Line;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One call of the agent: its thread, its questions, its end. */
final class Performance {

    private final long id;
    private final Agent agent;
    private final Line line;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private volatile boolean stopped;
    private @Nullable Thread thread;

    Performance(long id, Agent agent, Line line) {
        this.id = id;
        this.agent = agent;
        this.line = line;
    }

    /** Performs on the calling thread and sends the outcome, whatever the agent does. */
    void run(Task task) {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        Outcome outcome = perform(task);
        synchronized (this) {
            thread = null;
        }
        // An interrupt meant for this call must not hit the next one on this thread.
        Thread.interrupted();
        try {
            send(outcome);
        } catch (IOException e) {
            // The pipe is broken: the reading thread sees it, too, and ends the program.
            System.err.println("outcome lost: " + e.getMessage());
        }
    }

    private Outcome perform(Task task) {
        try {
            return agent.perform(task, new PipedContext(this));
        } catch (Stopped e) {
            // The platform's doing, in the middle of a call to it: not the agent's failure.
            return new Outcome.Failed("interrupted", true);
        } catch (Throwable e) {
            // Everything: an Error of the agent ends its call, not the calls beside it.
            return new Outcome.Failed(text(e), false);
        }
    }

    private void send(Outcome outcome) throws IOException {
        try {
            line.send(new Frame.Performed(id, outcome));
        } catch (IllegalArgumentException e) {
            line.send(
                    new Frame.Performed(id, new Outcome.Failed("the outcome cannot cross: " + e.getMessage(), false)));
        }
    }

    /** The throwable may be of a class of the agent whose own methods throw. */
    private static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    /** Asks the platform and waits, on the performing thread only. */
    Answer ask(Question question) {
        synchronized (this) {
            if (thread != Thread.currentThread()) {
                throw new IllegalStateException("the context belongs to the thread that performs the task");
            }
        }
        if (stopped) {
            throw new Stopped();
        }
        try {
            line.send(new Frame.Asked(id, question));
        } catch (IOException e) {
            throw new Stopped();
        }
        Answer answer = await();
        if (answer instanceof Answer.Stop) {
            stopped = true;
            throw new Stopped();
        }
        if (answer instanceof Answer.Wrong wrong) {
            throw new IllegalArgumentException(wrong.message());
        }
        return answer;
    }

    /** An agent that carries an interrupt of its own into a question still gets the answer; a cancelled one does not. */
    private Answer await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answers.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (stopped) {
                        throw new Stopped();
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void answer(Answer answer) {
        answers.add(answer);
    }

    /** Interrupts the agent; its further questions are not asked. */
    synchronized void cancel() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Unwinds the agent. An Error, so that a careless catch of exceptions lets it pass; catching it gains nothing. */
    static final class Stopped extends Error {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the platform has stopped this task", null, false, false);
        }
    }
}
