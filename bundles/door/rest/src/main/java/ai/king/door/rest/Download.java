/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.business.StoredDocument;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

/**
 * The bytes of a document as a file to be saved. What people and models stored is nothing a browser may run with this
 * origin's rights: it is an attachment in a sandbox, and a type that is more than data to look at is not named.
 */
final class Download {

    private static final Set<String> SHOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "application/pdf",
            "text/plain",
            "text/csv",
            "text/markdown");

    private Download() {}

    /** An answer that copies the bytes piece by piece; they were bounded when they came. */
    static Response of(StoredDocument document, InputStream bytes) {
        StreamingOutput copy = out -> {
            try (bytes) {
                bytes.transferTo(out);
            }
        };
        return Response.ok(copy, type(document.mediaType()))
                .header(HttpHeaders.CONTENT_LENGTH, document.size())
                .header("Content-Disposition", disposition(document.name()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .build();
    }

    private static String type(String stored) {
        String plain = stored.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!SHOWN.contains(plain)) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
        return plain.startsWith("text/") ? plain + ";charset=UTF-8" : plain;
    }

    /** RFC 6266: a plain name for every client, and the whole name in UTF-8. */
    private static String disposition(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]+", "_");
        String whole = URLEncoder.encode(last.replaceAll("\\p{Cntrl}", "_"), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + (plain.isEmpty() ? "document" : plain) + "\"; filename*=UTF-8''"
                + (whole.isEmpty() ? "document" : whole);
    }
}
