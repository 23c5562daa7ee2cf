/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id with OWASP's parameters, in the usual encoding; few at a time, since each takes 19 MiB. */
final class Passwords {

    static final int SHORTEST = 8;
    private static final int LONGEST = 256;

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LENGTH = 32;
    private static final Pattern ENCODED =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore working = new Semaphore(2);

    /** Throws {@link IllegalArgumentException} for a password that is too short or too long. */
    String hash(char[] password) {
        if (password.length < SHORTEST || password.length > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return encoded(salt, derive(password, salt, MEMORY_KIB, ITERATIONS, 1, LENGTH));
    }

    /** What no password is right for, at the price of one that has a user. */
    String nobodys() {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] hash = new byte[LENGTH];
        random.nextBytes(hash);
        return encoded(salt, hash);
    }

    private static String encoded(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    boolean verify(char[] password, String encoded) {
        Matcher parts = ENCODED.matcher(encoded);
        if (password.length > LONGEST || !parts.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] hash = derive(
                password,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(hash, expected);
    }

    private byte[] derive(char[] password, byte[] salt, int memory, int iterations, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        byte[] hash = new byte[length];
        char[] copy = Arrays.copyOf(password, password.length);
        working.acquireUninterruptibly();
        try {
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(copy, hash);
        } finally {
            working.release();
            Arrays.fill(copy, '\0');
        }
        return hash;
    }
}
