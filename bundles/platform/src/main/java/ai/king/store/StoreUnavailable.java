/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

/** The database does not answer; doors say 503 with Retry-After. Nothing was acknowledged. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
