/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

/** A vote that does not count, and why. */
public final class VoteRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why; doors answer 404, 403, 409, 409, 409 and 410. */
    public enum Reason {
        UNKNOWN,
        NOT_ALLOWED,
        ALREADY_VOTED,
        OTHER_PAYLOAD,
        CLOSED,
        EXPIRED
    }

    private final Reason reason;

    public VoteRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
