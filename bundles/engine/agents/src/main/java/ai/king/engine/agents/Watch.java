/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

/**
 * Interrupts a performing thread at its deadline, but only while it is inside a plug: an interrupt that meets the thread in
 * the database would close an embedded database for everybody.
 */
final class Watch {

    private final Thread thread = Thread.currentThread();
    private boolean inside;
    private boolean expired;

    /** The thread goes into a plug. */
    synchronized void enter() {
        inside = true;
        if (expired) {
            thread.interrupt();
        }
    }

    /** The thread comes back from a plug; an interrupt that is still pending ends here. */
    synchronized void leave() {
        inside = false;
        Thread.interrupted();
    }

    synchronized void expire() {
        expired = true;
        if (inside) {
            thread.interrupt();
        }
    }

    synchronized boolean expired() {
        return expired;
    }

    boolean here() {
        return Thread.currentThread() == thread;
    }
}
