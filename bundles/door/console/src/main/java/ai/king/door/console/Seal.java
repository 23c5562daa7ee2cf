/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Marks a form as made by this page for one person and one matter, so that no other page can send it. */
final class Seal {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret = new byte[32];

    Seal() {
        new SecureRandom().nextBytes(secret);
    }

    String of(String person, String matter) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal((person + "\n" + matter).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    boolean fits(String given, String person, String matter) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), of(person, matter).getBytes(StandardCharsets.UTF_8));
    }
}
