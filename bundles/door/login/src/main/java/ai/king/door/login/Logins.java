/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passwords checked against the platform's users, guessing slowed down. */
final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final Users users;
    private final Brake brake;

    Logins(Users users, Brake brake) {
        this.users = users;
        this.brake = brake;
    }

    /** The user, or a {@link LoginException} that does not say whether name or password was wrong. */
    Identity check(String name, char[] password) throws LoginException {
        Duration wait = brake.waiting(name);
        if (!wait.isZero()) {
            throw new AccountLockedException("too many failed logins, try again in " + (wait.toSeconds() + 1) + " s");
        }
        Optional<Identity> identity;
        try {
            identity = users.authenticate(name, password);
        } catch (StoreUnavailable e) {
            LOG.warn("login refused, the store does not answer: {}", e.getMessage());
            throw new LoginException("the store does not answer");
        }
        if (identity.isEmpty()) {
            brake.failed(name);
            throw new FailedLoginException("wrong name or password");
        }
        brake.succeeded(name);
        return identity.get();
    }
}
