/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.PlugJar.NotABundle;
import ai.king.engine.evolution.node.JarCache;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads candidates: their bytes from the payloads, what they say about themselves, what ran before them. */
final class Candidates implements Change.Jars {

    private final JarCache cache;
    private final Payloads payloads;

    Candidates(JarCache cache, Payloads payloads) {
        this.cache = cache;
        this.payloads = payloads;
    }

    /** The file of a digest, its bytes checked. */
    Path file(String digest) throws IOException {
        return cache.file(digest, payloads);
    }

    @Override
    public PlugJar apply(String digest) {
        try {
            return PlugJar.read(file(digest));
        } catch (IOException | NotABundle e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    Candidate read(Proposal proposal, String digest, Reader reader) throws IOException, NotABundle {
        Path file = file(digest);
        PlugJar jar = PlugJar.read(file);
        return new Candidate(
                file,
                jar,
                proposal.origin() == Proposal.Origin.AI,
                used(reader, jar, proposal.id()),
                Releases.permanent(reader).items());
    }

    /** Versions of the plugs of this jar in any release there ever was, but those of the proposal itself. */
    private static Set<String> used(Reader reader, PlugJar jar, String proposal) {
        List<String> pids = jar.plugs().stream().map(plug -> plug.pid()).toList();
        Set<String> used = new HashSet<>();
        for (Release release : reader.list(Query.of(Release.class))) {
            if (proposal.equals(release.proposalId())) {
                continue;
            }
            for (Item item : release.items()) {
                if (pids.contains(item.plug())) {
                    used.add(item.bundleVersion());
                }
            }
        }
        return used;
    }
}
