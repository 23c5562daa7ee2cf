/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

/** The candidate gives no agent; the message says why, for the person who wrote it. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }

    Unfit(String reason, Throwable cause) {
        super(reason + ": " + cause, cause);
    }
}
