/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import java.util.Optional;

/** Checks a name and its password. */
interface Passwords {

    /** The person, or empty; {@link Wait} after too many failures. */
    Optional<Identity> check(String name, char[] password);

    /** This name must wait before it may try again. */
    final class Wait extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long seconds;

        Wait(long seconds) {
            super("wait");
            this.seconds = seconds;
        }

        long seconds() {
            return seconds;
        }
    }
}
