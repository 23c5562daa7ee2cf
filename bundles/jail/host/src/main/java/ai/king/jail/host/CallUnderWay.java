/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Task;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call of an agent that waits for what it asked its context, for as long as nobody ends it. */
final class CallUnderWay {

    private static final long BEGINS_MILLIS = 500;
    private static final long ENDS_SECONDS = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    private CallUnderWay(Agent agent) {
        thread = new Thread(() -> perform(agent), "call-under-way");
        thread.setDaemon(true);
    }

    /** Begins; returns when the agent asks something, or asked nothing for a while. */
    static CallUnderWay of(Agent agent) {
        CallUnderWay call = new CallUnderWay(agent);
        call.thread.start();
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEGINS_MILLIS);
            while (call.thread.isAlive() && System.nanoTime() - end < 0) {
                if (call.asked.await(5, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return call;
    }

    private void perform(Agent agent) {
        try {
            agent.perform(new Task("under-way", "", "Say what you can do", Map.of(), Map.of(), List.of()), context());
        } catch (Throwable e) {
            System.err.println(
                    "the call that was under way ended with " + e.getClass().getName());
        } finally {
            over.countDown();
        }
    }

    private AgentContext context() {
        return (AgentContext) Proxy.newProxyInstance(
                AgentContext.class.getClassLoader(),
                new Class<?>[] {AgentContext.class},
                (proxy, method, arguments) -> {
                    asked.countDown();
                    await();
                    throw new Performance.Stopped();
                });
    }

    private void await() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            // As a question in the pipe: the agent finds its interrupt, and is unwound.
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as the platform does, by an interrupt; why that did not help. */
    Optional<String> ended() {
        stopped.countDown();
        thread.interrupt();
        try {
            over.await(ENDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return over.getCount() == 0
                ? Optional.empty()
                : Optional.of("a call that was under way when it was stopped goes on " + ENDS_SECONDS
                        + " s after the interrupt");
    }
}
