/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Records;
import ai.king.business.Business;
import ai.king.store.Store;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Read access to one business. */
final class StoredData implements BusinessData {

    private final Store store;
    private final Documents documents;
    private final Business business;

    StoredData(Store store, Documents documents, Business business) {
        this.store = store;
        this.documents = documents;
        this.business = business;
    }

    @Override
    public Map<String, String> profile() {
        Map<String, String> profile = new LinkedHashMap<>();
        profile.put("id", business.id());
        profile.put("name", business.name());
        profile.put("type", business.type());
        String niche = business.niche();
        if (niche != null) {
            profile.put("niche", niche);
        }
        profile.put("status", business.status().name());
        profile.put("currency", business.currency());
        return Collections.unmodifiableMap(profile);
    }

    @Override
    public Records records(String kind, LocalDate from, LocalDate to) {
        RecordKind known = RecordKind.named(kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown kind " + Names.shown(kind) + "; there are " + RecordKind.names()));
        return store.read(reader -> new RecordTable(reader.connection(), business.id(), known).rows(from, to));
    }

    @Override
    public List<Document> documents() {
        return documents.of(business.id()).stream()
                .map(d -> new Document(d.id(), d.name(), d.mediaType(), d.sha256(), d.size()))
                .toList();
    }

    @Override
    public String text(String documentId) {
        return documents.text(business.id(), documentId);
    }
}
