/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import java.io.IOException;

/** A document that is not read, with the reason in words for a person. */
final class Unread extends IOException {
    private static final long serialVersionUID = 1;

    Unread(String reason) {
        super(reason);
    }
}
