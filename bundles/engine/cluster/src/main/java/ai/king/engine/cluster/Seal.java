/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A value with its name, its end and a code over both that only nodes of this cluster can make: what a Redis answers is one of
 * theirs, put for this name and still good, or nothing.
 */
final class Seal {

    private static final String HMAC = "HmacSHA256";

    private final byte[] key;

    Seal(byte[] key) {
        this.key = key.clone();
    }

    String close(String name, String value, Instant end) {
        String content = end.toEpochMilli() + "." + value;
        return code(name, content) + "." + content;
    }

    /** The value and how long it is good. */
    record Opened(String value, Duration left) {}

    Optional<Opened> open(String name, String text, Instant now) {
        String[] parts = text.split("\\.", 3);
        if (parts.length < 3 || !parts[1].matches("\\d{1,15}")) {
            return Optional.empty();
        }
        String content = parts[1] + "." + parts[2];
        boolean own = MessageDigest.isEqual(
                parts[0].getBytes(StandardCharsets.UTF_8), code(name, content).getBytes(StandardCharsets.UTF_8));
        Duration left = Duration.between(now, Instant.ofEpochMilli(Long.parseLong(parts[1])));
        return own && left.compareTo(Duration.ZERO) > 0 ? Optional.of(new Opened(parts[2], left)) : Optional.empty();
    }

    private String code(String name, String content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update((name.length() + ":" + name).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
