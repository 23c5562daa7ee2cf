/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.Reading;
import ai.king.business.Readings;
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
    private final Readings readings;

    Documents(Store store, Payloads payloads, Readings readings) {
        this.store = store;
        this.payloads = payloads;
        this.readings = readings;
    }

    StoredDocument add(Actor by, String businessId, String name, String mediaType, InputStream input) {
        String title = Names.checked("name", name, 200);
        byte[] bytes = read(input);
        String type = type(title, mediaType);
        String text = rowText(type, bytes);
        return store.write(by, tx -> {
            if (tx.find(Business.class, businessId).isEmpty()) {
                throw new NoSuchElementException("no business " + businessId);
            }
            String digest = payloads.put(tx, new ByteArrayInputStream(bytes), null);
            StoredDocument document = tx.insert(new StoredDocument(
                    store.newId(), businessId, title, type, digest, bytes.length, text, tx.now(), 0));
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
        byte[] bytes = payloads.open(document.sha256())
                .map(Documents::read)
                .orElseThrow(() -> new IllegalArgumentException("the bytes of " + document.name() + " are gone"));
        Reading reading = reading(document.mediaType(), bytes);
        if (reading instanceof Reading.Text whole) {
            return whole.text();
        }
        throw new IllegalArgumentException("document " + document.name() + " (" + document.mediaType()
                + ") cannot be read as text: " + ((Reading.Unreadable) reading).reason());
    }

    private @Nullable String rowText(String mediaType, byte[] bytes) {
        return reading(mediaType, bytes) instanceof Reading.Text read
                        && read.text().length() <= LONGEST_IN_ROW
                ? read.text()
                : null;
    }

    private Reading reading(String mediaType, byte[] bytes) {
        if (!plain(mediaType)) {
            return readings.read(mediaType, bytes);
        }
        return utf8(bytes)
                .<Reading>map(text -> new Reading.Text(text, 1))
                .orElseGet(() -> new Reading.Unreadable("it is not in UTF-8"));
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

    private static boolean plain(String mediaType) {
        boolean table = mediaType.equals("text/html") || mediaType.equals("text/csv");
        return mediaType.startsWith("text/") && !table || mediaType.equals("application/json");
    }

    /** What a client sends for a file whose type it does not know. */
    private static final Map<String, String> ENDINGS = Map.of(
            "md", "text/markdown",
            "txt", "text/plain",
            "csv", "text/csv",
            "html", "text/html",
            "htm", "text/html",
            "pdf", "application/pdf",
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");

    /** The media type without parameters; a client that does not know one is helped by the name's ending. */
    private static String type(String name, String mediaType) {
        String bare = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.isEmpty() && !bare.equals("application/octet-stream")) {
            return Names.checked("media type", bare, 100);
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.getOrDefault(ending, "application/octet-stream");
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
