/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;

class LoginsTest {

    private final AtomicLong now = new AtomicLong();
    private final OneUser users = new OneUser();
    private final Logins logins = new Logins(users, new Brake(now::get));

    @Test
    void rightPasswordGivesTheIdentity() throws LoginException {
        assertThat(logins.check("ann", "right".toCharArray())).isEqualTo(OneUser.ANN);
    }

    @Test
    void wrongPasswordAndUnknownNameSoundTheSame() {
        assertThatThrownBy(() -> guess("ann"))
                .isInstanceOf(FailedLoginException.class)
                .hasMessage("wrong name or password");
        assertThatThrownBy(() -> guess("bob"))
                .isInstanceOf(FailedLoginException.class)
                .hasMessage("wrong name or password");
    }

    @Test
    void guessingIsSlowedDownWithoutAskingForThePassword() {
        failTimes(4);
        int asked = users.asked;
        assertThatThrownBy(() -> logins.check("ann", "right".toCharArray())).isInstanceOf(AccountLockedException.class);
        assertThat(users.asked).isEqualTo(asked);
    }

    @Test
    void waitingDoublesAndEndsAtAMinute() {
        Brake brake = new Brake(now::get);
        for (int failure = 1; failure <= 5; failure++) {
            brake.failed("ann");
        }
        assertThat(brake.waiting("ann")).isEqualTo(Duration.ofSeconds(2));
        for (int failure = 6; failure <= 40; failure++) {
            brake.failed("ann");
        }
        assertThat(brake.waiting("ann")).isEqualTo(Duration.ofSeconds(60));
        assertThat(brake.waiting("bob")).isZero();
    }

    @Test
    void afterTheWaitTheRightPasswordGetsInAndClearsTheCount() throws LoginException {
        failTimes(4);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(logins.check("ann", "right".toCharArray())).isEqualTo(OneUser.ANN);
        failTimes(3);
        assertThat(logins.check("ann", "right".toCharArray())).isEqualTo(OneUser.ANN);
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> guess("ann")).isInstanceOf(FailedLoginException.class);
        }
    }

    private void guess(String name) throws LoginException {
        logins.check(name, "wrong".toCharArray());
    }
}
