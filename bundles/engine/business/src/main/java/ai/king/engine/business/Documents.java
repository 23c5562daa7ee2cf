/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.StoredDocument;
import ai.king.store.Actor;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of businesses: bytes as payloads by digest, the text of what can be read as text beside them. */
final class Documents {

    static final int LARGEST = 25 * 1024 * 1024;

    /** Longer texts stay in the payload alone, so that a list of documents costs little. */
    private static final int LONGEST_IN_ROW = 1024 * 1024;

    private final Store store;
    private final Payloads payloads;

    Documents(Store store, Payloads payloads) {
        this.store = store;
        this.payloads = payloads;
    }

    StoredDocument add(Actor by, String businessId, String name, String mediaType, InputStream input) {
        String title = Names.checked("name", name, 200);
        byte[] bytes = read(input);
        String type = type(title, mediaType);
        return store.write(by, tx -> {
            if (tx.find(Business.class, businessId).isEmpty()) {
                throw new NoSuchElementException("no business " + businessId);
            }
            String digest = payloads.put(tx, new ByteArrayInputStream(bytes), null);
            StoredDocument document = tx.insert(new StoredDocument(
                    store.newId(), businessId, title, type, digest, bytes.length, rowText(type, bytes), tx.now(), 0));
            tx.record("document.added", document.id(), Map.of("businessId", businessId, "sha256", digest));
            tx.enqueue(
                    "business.updated",
                    Map.of("id", businessId, "documentId", document.id()),
                    "global",
                    "business:" + businessId);
            return document;
        });
    }

    /** Newest first. */
    List<StoredDocument> of(String businessId) {
        return store.read(reader -> reader.list(
                Query.of(StoredDocument.class).where("businessId", businessId).descending("createdAt")));
    }

    Optional<StoredDocument> find(String id) {
        return store.read(reader -> reader.find(StoredDocument.class, id));
    }

    /** What a document says; throws {@link IllegalArgumentException} when it is not of this business or cannot be read. */
    String text(String businessId, String id) {
        StoredDocument document = find(id).filter(found -> found.businessId().equals(businessId))
                .orElseThrow(() -> new IllegalArgumentException("no document " + id + " of this business"));
        String kept = document.text();
        if (kept != null) {
            return kept;
        }
        Optional<String> whole = readable(document.mediaType())
                ? payloads.open(document.sha256()).map(Documents::read).flatMap(Documents::utf8)
                : Optional.empty();
        return whole.orElseThrow(() -> new IllegalArgumentException(
                "document " + document.name() + " (" + document.mediaType() + ") cannot be read as text"));
    }

    private static @Nullable String rowText(String mediaType, byte[] bytes) {
        return readable(mediaType) && bytes.length <= LONGEST_IN_ROW
                ? utf8(bytes).orElse(null)
                : null;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean readable(String mediaType) {
        return mediaType.startsWith("text/") && !mediaType.equals("text/html") || mediaType.equals("application/json");
    }

    /** The media type without parameters; a client that does not know one is helped by the name's ending. */
    private static String type(String name, String mediaType) {
        String bare = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.isEmpty() && !bare.equals("application/octet-stream")) {
            return Names.checked("media type", bare, 100);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".md")
                ? "text/markdown"
                : lower.endsWith(".txt") ? "text/plain" : "application/octet-stream";
    }

    private static byte[] read(InputStream input) {
        try (input) {
            byte[] bytes = input.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException("a document has at most 25 MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the document could not be read", e);
        }
    }
}
