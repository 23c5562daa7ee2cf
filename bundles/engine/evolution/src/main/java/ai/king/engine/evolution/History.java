/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.git.Repository;
import ai.king.engine.evolution.git.Step;
import ai.king.evolution.Accepted;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Reader;
import ai.king.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permanent releases one after the other, exported to git with what was proposed, found and voted. Each release names
 * the one it was made from, so that the chain from the present one back is the whole history.
 */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private static final long STOP_SECONDS = 5;

    private final Store store;
    private final Approvals approvals;
    private final Path folder;
    private final String remote;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "king-evolution-git");
        thread.setDaemon(true);
        return thread;
    });
    private long exported = -1;
    private boolean repaired;

    /** @param remote address to push to; empty for none */
    History(Store store, Approvals approvals, Path folder, String remote) {
        this.store = store;
        this.approvals = approvals;
        this.folder = folder;
        this.remote = remote;
    }

    /** Lets an export end: an interrupt would leave its files half looked at. */
    void close() throws InterruptedException {
        worker.shutdown();
        if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.info("The export to git still goes on; what is missing is made at the next start");
        }
    }

    /** Exports aside when the permanent release is another one than at the last look. Called on one thread. */
    void look() {
        long now = store.read(Releases::pointer).map(Pointer::permanent).orElse(-1L);
        if (now == exported) {
            return;
        }
        exported = now;
        if (remote.isBlank() && Files.exists(folder.resolve("refs/tags/release-" + now))) {
            return;
        }
        try {
            worker.execute(this::exportAndPush);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Not exported: the engine stops");
        }
    }

    private void exportAndPush() {
        try (Repository git = open()) {
            export(git);
            if (!remote.isBlank()) {
                git.push(remote);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("What was accepted is not exported to git now: {}", e.toString());
        }
    }

    /** Two threads of this node share one repository, which the first of them makes. */
    private synchronized Repository open() throws IOException {
        if (!repaired) {
            Repository.repair(folder);
            repaired = true;
        }
        return new Repository(folder);
    }

    private synchronized List<Step> export(Repository git) throws IOException {
        List<Step> steps = store.read(this::steps);
        git.add(steps);
        return steps;
    }

    /** Newest first; the cursor is the number of the release to go on below. */
    Page<Accepted> page(@Nullable String cursor, int limit) {
        long below = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        try (Repository git = open()) {
            List<Accepted> items = new ArrayList<>();
            List<Step> steps = new ArrayList<>(export(git));
            Collections.reverse(steps);
            String next = null;
            for (Step step : steps) {
                if (step.no() >= below) {
                    continue;
                }
                if (items.size() == limit) {
                    next = Long.toString(step.no() + 1);
                    break;
                }
                items.add(new Accepted(
                        git.commit(step.no()).orElseThrow(),
                        store.read(reader -> Releases.find(reader, step.no()))
                                .map(Release::proposalId)
                                .orElse(null),
                        step.message().lines().findFirst().orElse(""),
                        step.at(),
                        "release-" + step.no()));
            }
            return new Page<>(items, next);
        } catch (IOException e) {
            throw new UncheckedIOException("the export to git cannot be read", e);
        }
    }

    private List<Step> steps(Reader reader) {
        List<Release> chain = new ArrayList<>();
        Optional<Release> at = Releases.pointer(reader).flatMap(now -> Releases.find(reader, now.permanent()));
        while (at.isPresent()) {
            chain.add(0, at.get());
            at = Releases.find(reader, at.get().parent());
        }
        Map<String, String> evidence = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Release release : chain) {
            String id = release.proposalId();
            Optional<Proposal> proposal = id == null ? Optional.empty() : reader.find(Proposal.class, id);
            proposal.ifPresent(one -> evidence.put("proposals/" + one.id() + ".json", shown(evidence(one))));
            steps.add(step(release, proposal, evidence));
        }
        return steps;
    }

    private static Step step(Release release, Optional<Proposal> proposal, Map<String, String> evidence) {
        Map<String, String> files = new LinkedHashMap<>(evidence);
        for (Item item : release.items()) {
            files.put("plugs/" + item.plug() + "/" + item.name() + ".json", shown(Json.asMap(item)));
        }
        boolean back = proposal.map(Proposal::release)
                .filter(made -> made < release.no())
                .isPresent();
        String title = proposal.map(one -> (back ? "Roll back: " : "") + one.title())
                .orElse("Release " + release.no() + " of the distribution");
        String message = title + "\n\nRelease: " + release.no()
                + proposal.map(one -> "\nProposal: " + one.id() + "\nRisk: " + one.risk() + "\nOrigin: " + one.origin())
                        .orElse("")
                + "\n";
        return new Step(
                release.no(), proposal.map(Proposal::author).orElse("distribution"), message, release.at(), files);
    }

    /** What does not change any more once it was accepted. */
    private Map<String, Object> evidence(Proposal proposal) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("id", proposal.id());
        evidence.put("kind", proposal.kind());
        evidence.put("title", proposal.title());
        evidence.put("description", proposal.description());
        evidence.put("origin", proposal.origin());
        evidence.put("author", proposal.author());
        evidence.put("risk", proposal.risk());
        evidence.put("confidence", String.valueOf(proposal.confidence()));
        evidence.put("change", proposal.change());
        evidence.put("bundle", String.valueOf(proposal.bundle()));
        evidence.put("findings", proposal.findings().stream().map(Json::asMap).toList());
        String approval = proposal.approvalId();
        List<Vote> votes = approval == null ? List.of() : approvals.votes(approval);
        evidence.put("votes", votes.stream().map(History::vote).toList());
        return evidence;
    }

    private static Map<String, Object> vote(Vote vote) {
        return Map.of(
                "approver", vote.approver(),
                "decision", vote.decision().name(),
                "notes", vote.notes(),
                "at", vote.at().toString());
    }

    private static String shown(Map<String, Object> value) {
        return Json.pretty(value) + "\n";
    }
}
