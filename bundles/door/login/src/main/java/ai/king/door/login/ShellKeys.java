/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import ai.king.access.Identity;
import ai.king.access.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;

/**
 * Public keys for the SSH shell, one PEM file a user in a folder that only the platform's operating-system user can
 * write. The key says who it is; what the user may do is read from the users each time.
 */
final class ShellKeys {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Path folder;
    private final Users users;

    ShellKeys(Path folder, Users users) {
        this.folder = folder;
        this.users = users;
    }

    /** The user to whom this key belongs. */
    Identity check(String name, PublicKey key) throws LoginException {
        if (!NAME.matcher(name).matches() || !MessageDigest.isEqual(stored(name), key.getEncoded())) {
            throw new FailedLoginException("unknown key");
        }
        return users.find(name).orElseThrow(() -> new FailedLoginException("unknown key"));
    }

    private byte[] stored(String name) throws LoginException {
        Path file = folder.resolve(name + ".pem");
        try {
            String pem = Files.isRegularFile(file) ? Files.readString(file) : "";
            return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IOException | IllegalArgumentException e) {
            throw (LoginException) new LoginException("cannot read " + file).initCause(e);
        }
    }
}
