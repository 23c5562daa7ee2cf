/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import ai.king.access.Identity;
import ai.king.access.Role;
import java.io.IOException;
import java.security.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.jaas.modules.publickey.PublickeyCallback;
import org.jspecify.annotations.Nullable;

/** Logs one subject in, by password or, where the door has one, by public key. JAAS makes one for each login. */
public final class UserLoginModule implements LoginModule {

    static final String LOGINS = "king.logins";
    static final String KEYS = "king.keys";

    private final Set<Principal> principals = new HashSet<>();
    private @Nullable Subject subject;
    private @Nullable CallbackHandler handler;
    private @Nullable Logins logins;
    private @Nullable ShellKeys keys;

    @Override
    public void initialize(
            Subject loginSubject, CallbackHandler callbacks, Map<String, ?> shared, Map<String, ?> options) {
        subject = loginSubject;
        handler = callbacks;
        logins = (Logins) options.get(LOGINS);
        keys = (ShellKeys) options.get(KEYS);
    }

    @Override
    public boolean login() throws LoginException {
        Identity identity = identify();
        principals.add(new UserPrincipal(identity.name()));
        for (Role role : identity.roles()) {
            principals.add(new RolePrincipal(role.label()));
        }
        return true;
    }

    private Identity identify() throws LoginException {
        NameCallback name = new NameCallback("user");
        PasswordCallback password = new PasswordCallback("password", false);
        if (answered(name, password)) {
            char[] secret = password.getPassword();
            password.clearPassword();
            return Objects.requireNonNull(logins).check(given(name), secret == null ? new char[0] : secret);
        }
        PublickeyCallback key = new PublickeyCallback();
        if (answered(name, key) && key.getPublicKey() != null) {
            return Objects.requireNonNull(keys).check(given(name), key.getPublicKey());
        }
        throw new FailedLoginException("neither a password nor a key");
    }

    /** Whether the door knows this kind of credential. */
    private boolean answered(Callback... callbacks) throws LoginException {
        try {
            Objects.requireNonNull(handler).handle(callbacks);
            return true;
        } catch (UnsupportedCallbackException e) {
            return false;
        } catch (IOException e) {
            throw (LoginException) new LoginException("the credentials could not be read").initCause(e);
        }
    }

    private static String given(NameCallback name) throws LoginException {
        if (name.getName() == null || name.getName().isEmpty()) {
            throw new FailedLoginException("no user name");
        }
        return name.getName();
    }

    @Override
    public boolean commit() {
        return Objects.requireNonNull(subject).getPrincipals().addAll(principals);
    }

    @Override
    public boolean abort() {
        principals.clear();
        return true;
    }

    @Override
    public boolean logout() {
        Objects.requireNonNull(subject).getPrincipals().removeAll(principals);
        principals.clear();
        return true;
    }
}
