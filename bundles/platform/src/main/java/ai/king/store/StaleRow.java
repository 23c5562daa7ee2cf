/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

/** Somebody else changed the row first; read again and decide again. */
public final class StaleRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleRow(String message, Throwable cause) {
        super(message, cause);
    }
}
