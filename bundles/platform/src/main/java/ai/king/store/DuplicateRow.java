/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

/** A unique key is taken: this was done before, or is being done by somebody else. */
public final class DuplicateRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DuplicateRow(String message, Throwable cause) {
        super(message, cause);
    }
}
