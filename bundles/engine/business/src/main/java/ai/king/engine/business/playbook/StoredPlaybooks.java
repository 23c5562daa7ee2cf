/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.agents.Agents;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.Playbook;
import ai.king.business.Playbook.Criterion;
import ai.king.business.PlaybookReader;
import ai.king.business.PlaybookRefused;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.Status;
import ai.king.business.Playbooks;
import ai.king.engine.business.PlaybookGate;
import ai.king.evolution.Release.Item;
import ai.king.evolution.Released;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import ai.king.work.Goals;
import ai.king.work.Schedules;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Playbooks as items of the release, and their runs in the store. */
@Component(immediate = true)
public final class StoredPlaybooks implements Playbooks {

    private static final Logger LOG = LoggerFactory.getLogger(StoredPlaybooks.class);
    private static final String TYPE = "Playbook";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /** Permanent items: no goal is called so. */
    private static final String NO_RUN = "";

    private final Store store;
    private final Released released;
    private final PlaybookReader reader;
    private final Agents agents;
    private final Course course;
    private final AutoCloseable schedule;

    @Activate
    public StoredPlaybooks(
            @Reference Store store,
            @Reference Released released,
            @Reference PlaybookReader reader,
            @Reference Agents agents,
            @Reference Goals goals,
            @Reference Businesses businesses,
            @Reference Schedules schedules) {
        this.store = store;
        this.released = released;
        this.reader = reader;
        this.agents = agents;
        course = new Course(
                store,
                goals,
                businesses,
                run -> released.count(TYPE, run.playbookId(), run.id(), 0, run.status() == Status.FAILED));
        schedule = schedules.every("playbook-runs", BETWEEN_LOOKS, this::look);
    }

    @Deactivate
    void stop() {
        try {
            schedule.close();
        } catch (Exception e) {
            LOG.warn("The looks at playbook runs did not end: {}", e.toString());
        }
    }

    private void look() {
        try {
            course.look();
        } catch (StoreUnavailable e) {
            LOG.warn("Playbook runs wait for the database: {}", e.getMessage());
        }
    }

    @Override
    public List<Stored> all() {
        return shown(NO_RUN).sorted(Comparator.comparing(Stored::id)).toList();
    }

    @Override
    public Optional<Stored> find(String id) {
        return shown(NO_RUN).filter(one -> one.id().equals(id)).findFirst();
    }

    private Stream<Stored> shown(String run) {
        return released.items(TYPE, run).stream().flatMap(item -> shown(item).stream());
    }

    /** A file of the site that is no playbook is left out, and said. */
    private Optional<Stored> shown(Item item) {
        String text = String.valueOf(item.values().get("yaml"));
        try {
            return Optional.of(new Stored(
                    item.name(), item.bundleVersion(), item.bundle(), text, reader.read(text, agent -> true)));
        } catch (PlaybookRefused e) {
            LOG.warn("The playbook {} of the release cannot be used: {}", item.name(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Playbook check(String text) {
        List<String> there = agents.list().stream().map(Agents.Described::name).toList();
        return reader.read(text, there::contains);
    }

    @Override
    public PlaybookRun start(Actor by, String businessId, String playbookId) {
        String id = store.newId();
        Stored playbook = shown(id)
                .filter(one -> one.id().equals(playbookId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no playbook " + playbookId));
        return store.write(by, tx -> {
            Business business = tx.lock(Business.class, businessId)
                    .orElseThrow(() -> new NoSuchElementException("no business " + businessId));
            tx.list(Query.of(PlaybookRun.class).where("businessId", businessId).in("status", Course.OPEN)).stream()
                    .findFirst()
                    .ifPresent(other -> {
                        throw new IllegalStateException("the business is in the playbook run " + other.id());
                    });
            int first = first(playbook.playbook(), business);
            tx.update(with(business, playbookId));
            PlaybookRun run = tx.insert(new PlaybookRun(
                    id,
                    businessId,
                    playbookId,
                    playbook.sha256(),
                    playbook.playbook(),
                    Status.RUNNING,
                    first,
                    RunEdit.stages(playbook.playbook(), first),
                    Map.of(),
                    by.name(),
                    null,
                    tx.now(),
                    null,
                    0));
            Playbook.Stage stage = playbook.playbook().stages().get(first);
            return Course.announced(
                    tx, course.file(tx, RunEdit.of(run), run, stage).store(tx), "started");
        });
    }

    private static int first(Playbook playbook, Business business) {
        for (int i = 0; i < playbook.stages().size(); i++) {
            if (playbook.stages().get(i).status() == business.status()) {
                return i;
            }
        }
        throw new IllegalStateException("the playbook has no stage for a business in " + business.status());
    }

    private static Business with(Business old, String playbookId) {
        return new Business(
                old.id(),
                old.name(),
                old.type(),
                old.niche(),
                old.currency(),
                old.status(),
                playbookId,
                old.riskProfile(),
                old.createdAt(),
                old.statusSince(),
                old.version());
    }

    @Override
    public Optional<PlaybookRun> run(String id) {
        return store.read(rows -> rows.find(PlaybookRun.class, id));
    }

    @Override
    public PlaybookRun cancel(Actor by, String id) {
        return store.write(by, tx -> course.end(tx, open(tx, id), Status.CANCELLED, "cancelled by " + by.name()));
    }

    @Override
    public PlaybookRun report(Actor by, String id, Map<String, String> facts) {
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("nothing is reported");
        }
        store.write(by, tx -> {
            PlaybookRun run = open(tx, id);
            facts.forEach((metric, value) -> check(run.playbook(), metric, value));
            PlaybookRun after = RunEdit.of(run).facts(facts).store(tx);
            tx.record("playbook_run.reported", id, facts);
            return after;
        });
        course.look(id);
        return run(id).orElseThrow();
    }

    private static void check(Playbook playbook, String metric, String value) {
        Criterion asked = playbook.criteria().stream()
                .flatMap(gate -> gate.all().stream())
                .filter(criterion -> criterion.metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no gate of the playbook asks for " + metric));
        if (PlaybookGate.recorded(metric)) {
            throw new IllegalArgumentException(metric + " is what the records say; import them");
        }
        boolean truth = PlaybookGate.truth(asked.value());
        if (truth ? !PlaybookGate.truth(value) : !value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException(
                    metric + " must be " + (truth ? "true or false" : "a number in plain digits"));
        }
    }

    private static PlaybookRun open(Tx tx, String id) {
        PlaybookRun run =
                tx.lock(PlaybookRun.class, id).orElseThrow(() -> new NoSuchElementException("no playbook run " + id));
        if (run.status().ended()) {
            throw new IllegalStateException("the run is already " + run.status());
        }
        return run;
    }
}
