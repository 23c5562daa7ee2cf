/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.content.PlaybookText;
import ai.king.engine.evolution.node.PlaybookFolder;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Origin;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Playbooks that came with the distribution after the database had its first release: each becomes one proposal, once. One that
 * people changed since it came is theirs, and left alone.
 */
final class NewerPlaybooks {

    private static final Logger LOG = LoggerFactory.getLogger(NewerPlaybooks.class);

    /** The version of a playbook that nobody changed. */
    private static final String AS_IT_CAME = "1";

    private final Store store;
    private final PlaybookFolder folder;

    NewerPlaybooks(Store store, PlaybookFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /** Files what is new; false when the first release is not there yet. */
    boolean look() {
        if (store.read(Releases::pointer).isEmpty()) {
            return false;
        }
        List<Item> shipped = folder.items();
        if (!store.read(reader -> fresh(reader, shipped)).isEmpty()) {
            store.write(Actor.system(NewerDistribution.AUTHOR), tx -> file(tx, shipped));
        }
        return true;
    }

    private static List<Item> fresh(Reader reader, List<Item> shipped) {
        List<Item> running = Releases.permanent(reader).items();
        Set<String> known = known(reader);
        return shipped.stream()
                .filter(item -> !known.contains(item.bundle()))
                .filter(item -> there(running, item)
                        .map(now -> now.bundleVersion().equals(AS_IT_CAME))
                        .orElse(true))
                .toList();
    }

    /** What ran once, or people were asked about. */
    private static Set<String> known(Reader reader) {
        Set<String> known = new HashSet<>();
        for (Proposal proposal : reader.list(Query.of(Proposal.class).where("kind", Kind.PLAYBOOK))) {
            if (proposal.change().get("yaml") instanceof String yaml) {
                known.add(Json.sha256(yaml));
            }
        }
        for (Release release : reader.list(Query.of(Release.class))) {
            release.items().stream()
                    .filter(item -> item.type().equals(PlaybookText.TYPE))
                    .forEach(item -> known.add(item.bundle()));
        }
        return known;
    }

    private static Optional<Item> there(List<Item> running, Item shipped) {
        return running.stream()
                .filter(item ->
                        item.type().equals(PlaybookText.TYPE) && item.name().equals(shipped.name()))
                .findFirst();
    }

    private List<Item> file(Tx tx, List<Item> shipped) {
        Releases.lock(tx);
        List<Item> fresh = fresh(tx, shipped);
        if (fresh.isEmpty()) {
            tx.record("playbooks.known", NewerDistribution.AUTHOR, Map.of());
        }
        for (Item item : fresh) {
            Proposal proposal = Lifecycle.begin(tx, proposal(tx, item));
            LOG.info("The distribution has the playbook {}: proposal {}", item.name(), proposal.id());
        }
        return fresh;
    }

    private Proposal proposal(Tx tx, Item item) {
        return new Proposal(
                store.newId(),
                Kind.PLAYBOOK,
                "Playbook of the distribution: " + item.name(),
                "This node was started from a distribution with a playbook that the release does not hold.",
                Origin.ADMIN,
                NewerDistribution.AUTHOR,
                Status.DRAFT,
                "LOW",
                null,
                Map.of(),
                Map.of("id", item.name(), "yaml", String.valueOf(item.values().get("yaml"))),
                null,
                null,
                Generations.PLATFORM,
                List.of(),
                null,
                null,
                "waits for its checks",
                null,
                tx.now(),
                tx.now(),
                0);
    }
}
