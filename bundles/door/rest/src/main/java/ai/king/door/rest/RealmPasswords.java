/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;

/** Passwords of the realm that web console and shell share, so that guessing is slowed down over all doors together. */
final class RealmPasswords implements Passwords {

    private static final String REALM = "karaf";
    private static final int LOCKED_SECONDS = 60;

    @Override
    public Optional<Identity> check(String name, char[] password) {
        Subject subject = new Subject();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(RolePrincipal.class.getClassLoader());
            new LoginContext(REALM, subject, callbacks -> answer(callbacks, name, password)).login();
        } catch (AccountLockedException e) {
            throw new Wait(LOCKED_SECONDS);
        } catch (FailedLoginException e) {
            return Optional.empty();
        } catch (LoginException e) {
            throw new Engines.NotReady("the login");
        } finally {
            thread.setContextClassLoader(before);
        }
        return Optional.of(new Identity(name, roles(subject.getPrincipals(RolePrincipal.class))));
    }

    private static void answer(Callback[] callbacks, String name, char[] password) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback asked) {
                asked.setName(name);
            } else if (callback instanceof PasswordCallback asked) {
                asked.setPassword(password);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private static Set<Role> roles(Set<? extends Principal> principals) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (principals.stream().anyMatch(principal -> principal.getName().equals(role.label()))) {
                roles.add(role);
            }
        }
        return Set.copyOf(roles);
    }
}
