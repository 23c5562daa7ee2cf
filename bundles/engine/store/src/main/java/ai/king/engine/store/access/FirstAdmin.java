/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.engine.store.DataFolder;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database without users gets {@code admin}: with the password of {@code KING_ADMIN_PASSWORD}, or with a random one in
 * the file {@code admin-password} of the data folder, which goes with the password's first change.
 */
@Component(
        immediate = true,
        service = {})
public final class FirstAdmin {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);
    private static final String NAME = "admin";
    private static final Set<Role> ROLES = Set.of(Role.ADMIN, Role.DEVELOPER, Role.OPERATOR, Role.APPROVER);

    @Activate
    public FirstAdmin(@Reference Users users) {
        this(
                users,
                Optional.ofNullable(System.getenv("KING_ADMIN_PASSWORD")).filter(p -> !p.isBlank()),
                DataFolder.path());
    }

    FirstAdmin(Users users, Optional<String> given, Path folder) {
        if (!users.list().isEmpty()) {
            return;
        }
        String password = given.orElseGet(FirstAdmin::random);
        try {
            if (given.isEmpty()) {
                write(folder.resolve("admin-password"), password);
            }
            users.create(Actor.system("store"), NAME, Optional.of(password.toCharArray()), ROLES);
            LOG.info(
                    "Made the first user, {}; the password is {}",
                    NAME,
                    given.isEmpty() ? "in " + folder.resolve("admin-password") : "that of KING_ADMIN_PASSWORD");
        } catch (DuplicateRow e) {
            LOG.info("Another node made the first user");
            delete(folder.resolve("admin-password"));
        }
    }

    private static String random() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static void write(Path file, String password) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written", e);
        }
    }

    static void passwordChanged(String name) {
        if (name.equals(NAME)) {
            delete(DataFolder.path().resolve("admin-password"));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.error("Remove the file {} by hand: {}", file, e.toString());
        }
    }
}
