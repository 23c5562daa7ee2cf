/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.agent.BusinessData;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.Readings;
import ai.king.business.StoredDocument;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Businesses in the store. */
@Component
public final class StoredBusinesses implements Businesses {

    private final Store store;
    private final Documents documents;
    private final Uploads uploads;

    @Activate
    public StoredBusinesses(@Reference Store store, @Reference Payloads payloads, @Reference Readings readings) {
        this.store = store;
        this.documents = new Documents(store, payloads, readings);
        this.uploads = new Uploads(store);
    }

    @Override
    public Business create(Actor by, NewBusiness wanted) {
        String name = Names.checked("name", wanted.name(), 200);
        String type = Names.checked("type", wanted.type(), 60);
        if (!wanted.currency().matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be three upper-case letters such as USD");
        }
        return store.write(by, tx -> {
            Business business = tx.insert(new Business(
                    store.newId(),
                    name,
                    type,
                    optional("niche", wanted.niche()),
                    wanted.currency(),
                    Business.Status.DISCOVERY,
                    null,
                    optional("risk profile", wanted.riskProfile()),
                    tx.now(),
                    tx.now(),
                    0));
            tx.record("business.created", business.id(), Map.of("type", type));
            announce(tx, "business.created", business, Map.of());
            return business;
        });
    }

    @Override
    public Business change(Actor by, String id, Change change) {
        return store.write(by, tx -> {
            Business old = locked(tx, id);
            String name = change.name() == null ? old.name() : Names.checked("name", change.name(), 200);
            String niche = change.niche() == null ? old.niche() : optional("niche", change.niche());
            String profile =
                    change.riskProfile() == null ? old.riskProfile() : optional("risk profile", change.riskProfile());
            Business business = tx.update(new Business(
                    id,
                    name,
                    old.type(),
                    niche,
                    old.currency(),
                    old.status(),
                    old.playbookId(),
                    profile,
                    old.createdAt(),
                    old.statusSince(),
                    old.version()));
            tx.record("business.changed", id, changed(change));
            announce(tx, "business.updated", business, Map.of());
            return business;
        });
    }

    @Override
    public Optional<Business> find(String id) {
        return store.read(reader -> reader.find(Business.class, id));
    }

    @Override
    public Page<Business> page(@Nullable String cursor, int limit) {
        return store.read(reader -> reader.page(Query.of(Business.class).page(cursor, limit)));
    }

    @Override
    public Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (RecordKind kind : RecordKind.values()) {
            List<Businesses.Column> columns = kind.columns().stream()
                    .map(c -> new Businesses.Column(c.name(), c.type().label(), c.required()))
                    .toList();
            kinds.put(kind.label(), new Kind(kind.label(), columns));
        }
        return Collections.unmodifiableMap(kinds);
    }

    @Override
    public Set<String> kindsWithRows(String businessId) {
        known(businessId);
        return store.read(reader -> Arrays.stream(RecordKind.values())
                .filter(kind -> new RecordTable(reader.connection(), businessId, kind).hasRows())
                .map(RecordKind::label)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Imported importCsv(Actor by, String businessId, String kind, InputStream csv, boolean partial) {
        return uploads.csv(by, businessId, kind(kind), csv, partial);
    }

    @Override
    public Imported importRows(
            Actor by, String businessId, String kind, List<Map<String, Object>> rows, boolean partial) {
        return uploads.rows(by, businessId, kind(kind), rows, partial);
    }

    @Override
    public BusinessData data(String businessId) {
        return new StoredData(store, documents, known(businessId));
    }

    @Override
    public StoredDocument addDocument(Actor by, String businessId, String name, String mediaType, InputStream bytes) {
        return documents.add(by, businessId, name, mediaType, bytes);
    }

    @Override
    public List<StoredDocument> documents(String businessId) {
        known(businessId);
        return documents.of(businessId);
    }

    @Override
    public Optional<StoredDocument> document(String id) {
        return documents.find(id);
    }

    @Override
    public List<Period> pnl(String businessId, LocalDate from, LocalDate to, Grain grain) {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("from " + from + " is after to " + to);
        }
        String currency = known(businessId).currency();
        return store.read(reader -> new Figures(reader.connection(), businessId).pnl(from, to, grain, currency));
    }

    @Override
    public Health health(String businessId) {
        Business business = known(businessId);
        return store.read(reader ->
                new HealthCheck(reader.connection(), business, store.clock().instant()).examine());
    }

    @Override
    public Business transition(Actor by, String businessId, Business.Status to, String notes) {
        return store.write(by, tx -> {
            Business old = locked(tx, businessId);
            Stages.check(old.status(), to);
            PlaybookGate.check(tx, old, to, tx.now());
            Business business = tx.update(new Business(
                    old.id(),
                    old.name(),
                    old.type(),
                    old.niche(),
                    old.currency(),
                    to,
                    old.playbookId(),
                    old.riskProfile(),
                    old.createdAt(),
                    tx.now(),
                    old.version()));
            Map<String, String> step = Map.of("from", old.status().name(), "to", to.name());
            Map<String, String> entry = new HashMap<>(step);
            if (!notes.isBlank()) {
                entry.put("notesSha256", Json.sha256(notes));
            }
            tx.record("business.stage_changed", businessId, entry);
            announce(tx, "business.stage_changed", business, step);
            return business;
        });
    }

    private Business known(String id) {
        return find(id).orElseThrow(() -> new NoSuchElementException("no business " + id));
    }

    static Business locked(Tx tx, String id) {
        return tx.lock(Business.class, id).orElseThrow(() -> new NoSuchElementException("no business " + id));
    }

    private static RecordKind kind(String name) {
        return RecordKind.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown kind " + Names.shown(name) + "; there are " + RecordKind.names()));
    }

    private static @Nullable String optional(String what, @Nullable String text) {
        return text == null || text.isBlank() ? null : Names.checked(what, text, 200);
    }

    private static Map<String, Object> changed(Change change) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", change.name() != null);
        entry.put("niche", change.niche() != null);
        if (change.riskProfile() != null) {
            entry.put("riskProfile", change.riskProfile());
        }
        return entry;
    }

    private static void announce(Tx tx, String type, Business business, Map<String, String> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", business.id());
        data.put("name", business.name());
        data.put("status", business.status().name());
        data.putAll(more);
        tx.enqueue(type, data, "global", "business:" + business.id());
    }
}
