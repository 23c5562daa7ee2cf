/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.io.IOException;

/** A page that is not read, with the reason in words for a person; retriable when it may be read later. */
final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean retriable;

    Refused(String reason, boolean retriable) {
        super(reason);
        this.retriable = retriable;
    }

    static Refused forGood(String reason) {
        return new Refused(reason, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    boolean retriable() {
        return retriable;
    }
}
