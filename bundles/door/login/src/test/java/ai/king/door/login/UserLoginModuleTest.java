/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.jaas.modules.publickey.PublickeyCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLoginModuleTest {

    @TempDir
    Path keys;

    @Test
    void rolesBecomeKarafPrincipals() throws LoginException {
        Subject subject = new Subject();
        UserLoginModule module = module(subject, byPassword("ann", "right"));
        module.login();
        module.commit();
        assertThat(subject.getPrincipals())
                .containsExactlyInAnyOrder(
                        new UserPrincipal("ann"), new RolePrincipal("viewer"), new RolePrincipal("legal-approver"));
        module.logout();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void refusesAWrongPasswordAndAddsNobody() {
        Subject subject = new Subject();
        UserLoginModule module = module(subject, byPassword("ann", "wrong"));
        assertThatThrownBy(module::login).isInstanceOf(FailedLoginException.class);
        module.abort();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void acceptsTheKeyThatWasPutThereForTheUser() throws Exception {
        KeyPair pair = pair();
        String pem = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        Files.writeString(
                keys.resolve("ann.pem"), "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
        assertThat(module(new Subject(), byKey("ann", pair.getPublic())).login())
                .isTrue();
    }

    @Test
    void refusesAnotherKeyNoKeyAndANameThatIsAPath() throws NoSuchAlgorithmException, IOException {
        PublicKey key = pair().getPublic();
        assertThatThrownBy(() -> module(new Subject(), byKey("ann", key)).login())
                .isInstanceOf(FailedLoginException.class);
        Files.writeString(keys.resolve("ann.pem"), "");
        assertThatThrownBy(() -> module(new Subject(), byKey("ann", key)).login())
                .isInstanceOf(FailedLoginException.class);
        assertThatThrownBy(() -> module(new Subject(), byKey("../ann", key)).login())
                .isInstanceOf(FailedLoginException.class);
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private UserLoginModule module(Subject subject, CallbackHandler handler) {
        OneUser users = new OneUser();
        UserLoginModule module = new UserLoginModule();
        module.initialize(
                subject,
                handler,
                Map.of(),
                Map.of(
                        UserLoginModule.LOGINS, new Logins(users, new Brake(System::nanoTime)),
                        UserLoginModule.KEYS, new ShellKeys(keys, users)));
        return module;
    }

    private static CallbackHandler byPassword(String name, String password) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback wanted) {
                    wanted.setName(name);
                } else if (callback instanceof PasswordCallback wanted) {
                    wanted.setPassword(password.toCharArray());
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        };
    }

    private static CallbackHandler byKey(String name, PublicKey key) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback wanted) {
                    wanted.setName(name);
                } else if (callback instanceof PublickeyCallback wanted) {
                    wanted.setPublicKey(key);
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        };
    }
}
