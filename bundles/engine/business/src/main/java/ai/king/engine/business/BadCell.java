/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

/** A cell or a line of an upload is not what its kind asks for; the message is the reason a person reads. */
final class BadCell extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    BadCell(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
