/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

/** The candidate gives no agent; the message says why, for the person who wrote it. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }

    Unfit(String reason, Throwable cause) {
        super(reason + ": " + chain(cause), cause);
    }

    private static String chain(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null || cause == thrown ? thrown.toString() : thrown + ", caused by " + chain(cause);
    }
}
