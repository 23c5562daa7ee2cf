/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.engine.evolution.jar.PlugFolder.Shipped;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Origin;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approvals;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Newer plugs that came with a newer distribution change nothing by themselves: they become one proposal. */
final class NewerDistribution {

    /** The author of such a proposal: no person, so that any approver may decide it. */
    static final String AUTHOR = "distribution";

    private static final Logger LOG = LoggerFactory.getLogger(NewerDistribution.class);
    private static final Set<Status> OPEN = Set.of(Status.DRAFT, Status.VALIDATING, Status.READY);

    private final Store store;
    private final Payloads payloads;
    private final Approvals approvals;
    private final PlugFolder folder;

    NewerDistribution(Store store, Payloads payloads, Approvals approvals, PlugFolder folder) {
        this.store = store;
        this.payloads = payloads;
        this.approvals = approvals;
        this.folder = folder;
    }

    /** Files the proposal when there is something new; false when the first release is not there yet. */
    boolean look() {
        if (store.read(Releases::pointer).isEmpty()) {
            return false;
        }
        List<Shipped> shipped =
                folder.read().stream().filter(plug -> !plug.items().isEmpty()).toList();
        if (!store.read(reader -> fresh(reader, shipped)).isEmpty()) {
            store.write(Actor.system(AUTHOR), tx -> file(tx, shipped));
        }
        return true;
    }

    /** What is newer than the release and was never asked about. */
    private static List<Shipped> fresh(Reader reader, List<Shipped> shipped) {
        List<Item> running = Releases.permanent(reader).items();
        Set<String> known = new HashSet<>();
        reader.list(Query.of(Proposal.class)).forEach(proposal -> known.addAll(Change.digests(proposal)));
        for (Release release : reader.list(Query.of(Release.class))) {
            release.items().forEach(item -> known.add(item.bundle()));
        }
        return shipped.stream()
                .filter(plug -> !known.contains(plug.digest()))
                .filter(plug -> newer(plug, running))
                .toList();
    }

    private static boolean newer(Shipped plug, List<Item> running) {
        Set<String> pids = new HashSet<>();
        plug.items().forEach(item -> pids.add(item.plug()));
        return running.stream()
                .filter(item -> pids.contains(item.plug()))
                .allMatch(item -> Version.parseVersion(item.bundleVersion())
                                .compareTo(plug.jar().version())
                        < 0);
    }

    private Proposal file(Tx tx, List<Shipped> shipped) {
        Releases.lock(tx);
        List<Shipped> fresh = fresh(tx, shipped);
        withdrawOlder(tx);
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("bundles", fresh.stream().map(Shipped::digest).toList());
        change.put(
                "items",
                fresh.stream()
                        .flatMap(plug -> plug.items().stream())
                        .map(Json::asMap)
                        .toList());
        fresh.forEach(plug -> put(tx, plug));
        Proposal proposal = Lifecycle.begin(
                tx,
                new Proposal(
                        store.newId(),
                        Kind.BUNDLE,
                        "Newer plugs of the distribution: " + fresh.size(),
                        "This node was started from a distribution with newer plugs than the release runs.",
                        Origin.ADMIN,
                        AUTHOR,
                        Status.DRAFT,
                        "LOW",
                        null,
                        Map.of(),
                        change,
                        null,
                        null,
                        Generations.JAIL,
                        List.of(),
                        null,
                        null,
                        "waits for its checks",
                        null,
                        tx.now(),
                        tx.now(),
                        0));
        LOG.info("The distribution has {} newer plugs: proposal {}", fresh.size(), proposal.id());
        return proposal;
    }

    private void withdrawOlder(Tx tx) {
        Query<Proposal> older = Query.of(Proposal.class)
                .where("author", AUTHOR)
                .where("kind", Kind.BUNDLE)
                .in("status", OPEN);
        for (Proposal proposal : tx.list(older)) {
            String approval = proposal.approvalId();
            if (approval != null) {
                approvals.close(tx, approval, "a newer distribution came");
            }
            Lifecycle.move(tx, Draft.of(proposal), Status.WITHDRAWN, "a newer distribution came");
        }
    }

    private void put(Tx tx, Shipped plug) {
        try (InputStream in = Files.newInputStream(plug.file())) {
            if (!payloads.put(tx, in, null).equals(plug.digest())) {
                throw new IllegalStateException(plug.file() + " changed while it was read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(plug.file() + " cannot be read", e);
        }
    }
}
