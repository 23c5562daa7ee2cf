/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;

/**
 * A mail to send.
 *
 * @param id follows from the call's key, so that a mail that did come twice would be seen as one by who gets it
 */
record Letter(String id, List<String> to, String subject, String text, Optional<String> replyTo) {

    /** Throws {@link AddressException} for an address that is none, {@link IllegalArgumentException} for a line end in the subject. */
    static Letter of(String key, Map<String, Object> arguments) throws AddressException {
        List<String> to = arguments.get("to") instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of();
        Optional<String> replyTo = Optional.ofNullable(arguments.get("replyTo")).map(String::valueOf);
        for (String address : to) {
            check(address);
        }
        if (replyTo.isPresent()) {
            check(replyTo.get());
        }
        String subject = String.valueOf(arguments.get("subject"));
        if (to.isEmpty() || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("it needs somebody to go to and a subject of one line");
        }
        return new Letter(digest(key), to, subject, String.valueOf(arguments.get("text")), replyTo);
    }

    /** An address and nothing beside it: no name, no brackets, no line of its own. */
    private static void check(String address) throws AddressException {
        InternetAddress parsed = new InternetAddress(address, true);
        parsed.validate();
        if (!address.equals(parsed.getAddress()) || address.chars().anyMatch(Character::isISOControl)) {
            throw new AddressException("an address and nothing beside it");
        }
    }

    private static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "king." + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
